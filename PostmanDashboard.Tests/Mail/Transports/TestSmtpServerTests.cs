using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Smtp;

namespace PostmanDashboard.Tests.Mail.Transports;

/// <summary>The test server behaves like the real ones that it stands for. What it records is compared in <see cref="IndependentSmtpServerTests"/>.</summary>
public sealed class TestSmtpServerTests
{
    private const string Recipient = "mei@agency.gov.sg";

    [Fact]
    public async Task A_mail_arrives_as_it_was_sent()
    {
        await using var server = await TestSmtpServer.StartAsync();
        using var client = await ConnectAsync(server, SecureSocketOptions.None);

        await client.SendAsync(CreateMail("Your key — naïve?"));

        var received = await server.NextAsync();
        Assert.Equal("postman@agency.gov.sg", received.From);
        Assert.Equal([Recipient], received.Recipients);
        Assert.Equal("Your key — naïve?", received.Read().Subject);
        Assert.False(received.Encrypted);
        Assert.True(received.Answered);
    }

    [Fact]
    public async Task Mails_over_one_connection_come_from_one_port()
    {
        await using var server = await TestSmtpServer.StartAsync();
        using var client = await ConnectAsync(server, SecureSocketOptions.None);
        using var other = await ConnectAsync(server, SecureSocketOptions.None);

        await client.SendAsync(CreateMail());
        await client.SendAsync(CreateMail());
        await other.SendAsync(CreateMail());

        var port = (await server.NextAsync()).PeerPort;
        Assert.Equal(port, (await server.NextAsync()).PeerPort);
        Assert.NotEqual(port, (await server.NextAsync()).PeerPort);
    }

    [Fact]
    public async Task A_server_with_STARTTLS_takes_mail_only_over_TLS()
    {
        await using var server = await TestSmtpServer.StartAsync(SmtpSecurity.StartTls);
        using var plain = await ConnectAsync(server, SecureSocketOptions.None);
        using var encrypted = await ConnectAsync(server, SecureSocketOptions.StartTls);

        // MailKit takes 530 for a missing sign-in.
        await Assert.ThrowsAsync<ServiceNotAuthenticatedException>(() => plain.SendAsync(CreateMail()));
        await encrypted.SendAsync(CreateMail());

        Assert.True((await server.NextAsync()).Encrypted);
        Assert.True(server.IsEmpty);
    }

    [Fact]
    public async Task A_server_with_implicit_TLS_speaks_it_from_the_first_byte()
    {
        await using var server = await TestSmtpServer.StartAsync(SmtpSecurity.Tls);
        using var client = await ConnectAsync(server, SecureSocketOptions.SslOnConnect);

        await client.SendAsync(CreateMail());

        Assert.True((await server.NextAsync()).Encrypted);
    }

    [Fact]
    public async Task A_server_with_a_user_asks_for_the_right_password()
    {
        await using var server = await TestSmtpServer.StartAsync(SmtpSecurity.StartTls, "postman", "right");
        using var stranger = await ConnectAsync(server, SecureSocketOptions.StartTls);
        using var user = await ConnectAsync(server, SecureSocketOptions.StartTls);

        await Assert.ThrowsAsync<ServiceNotAuthenticatedException>(() => stranger.SendAsync(CreateMail()));
        await Assert.ThrowsAsync<AuthenticationException>(() => stranger.AuthenticateAsync("postman", "wrong"));
        await user.AuthenticateAsync("postman", "right");
        await user.SendAsync(CreateMail());

        await server.NextAsync();
        Assert.True(server.IsEmpty);
    }

    [Fact]
    public async Task A_recipient_is_refused_with_the_given_answer()
    {
        await using var server = await TestSmtpServer.StartAsync();
        using var client = await ConnectAsync(server, SecureSocketOptions.None);
        server.Refuse(Recipient, "550 5.1.1 No such mailbox");

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(CreateMail()));

        Assert.Equal(550, (int)refusal.StatusCode);
        Assert.Contains("No such mailbox", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_is_refused_a_number_of_times_and_then_accepted()
    {
        await using var server = await TestSmtpServer.StartAsync();
        using var client = await ConnectAsync(server, SecureSocketOptions.None);
        server.Refuse(Recipient, "451 4.3.0 Try again later", times: 2);

        Assert.Equal(451, (int)(await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(CreateMail()))).StatusCode);
        Assert.Equal(451, (int)(await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(CreateMail()))).StatusCode);
        await client.SendAsync(CreateMail());

        Assert.Equal([Recipient], (await server.NextAsync()).Recipients);
    }

    [Fact]
    public async Task Every_mail_is_refused_until_it_is_no_longer()
    {
        await using var server = await TestSmtpServer.StartAsync();
        using var client = await ConnectAsync(server, SecureSocketOptions.None);
        server.RefuseAll("554 5.7.1 Not from you");

        await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(CreateMail()));
        server.RefuseAll(null);
        await client.SendAsync(CreateMail());

        await server.NextAsync();
    }

    [Fact]
    public async Task The_server_can_be_slower_than_a_client_waits()
    {
        await using var server = await TestSmtpServer.StartAsync();
        using var client = await ConnectAsync(server, SecureSocketOptions.None);
        server.AnswerAfter(TimeSpan.FromMinutes(1));
        client.Timeout = 200;

        await Assert.ThrowsAsync<TimeoutException>(() => client.SendAsync(CreateMail()));
    }

    private static async Task<SmtpClient> ConnectAsync(TestSmtpServer server, SecureSocketOptions security)
    {
        var client = new SmtpClient();
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == server.Certificate.Thumbprint;
        await client.ConnectAsync(TestSmtpServer.Host, server.Port, security);
        return client;
    }

    private static MimeMessage CreateMail(string subject = "Your key") => new(
        [MailboxAddress.Parse("postman@agency.gov.sg")], [MailboxAddress.Parse(Recipient)], subject, new TextPart("plain") { Text = "Hello" });
}
