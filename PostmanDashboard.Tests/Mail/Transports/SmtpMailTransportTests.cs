using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Transports;

/// <summary>What becomes of a mail, as a real server says it.</summary>
public sealed class SmtpMailTransportTests
{
    private const string Recipient = "mei@agency.gov.sg";

    [Fact]
    public async Task A_mail_that_the_server_takes_is_accepted()
    {
        await using var server = await TestSmtpServer.StartAsync();

        Assert.IsType<MailDelivery.Accepted>(await SendAsync(server.Port));

        Assert.Equal([Recipient], (await server.NextAsync()).Recipients);
    }

    [FactNeeding(Needs.MailServer)]
    public async Task A_permanent_refusal_is_final_and_keeps_the_servers_words()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await server.RefuseAsync(Recipient, "550 5.1.1 No such mailbox");

        var refused = Assert.IsType<MailDelivery.Refused>(await SendAsync(server.Port));

        Assert.True(refused.IsFinal);
        Assert.Contains("550 5.1.1 No such mailbox", refused.Reason, StringComparison.Ordinal);
    }

    [FactNeeding(Needs.MailServer)]
    public async Task A_temporary_refusal_is_not_final()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await server.RefuseAsync(Recipient, "451 4.7.1 Try again later");

        var refused = Assert.IsType<MailDelivery.Refused>(await SendAsync(server.Port));

        Assert.False(refused.IsFinal);
        Assert.Contains("451 4.7.1 Try again later", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_final_refusal()
    {
        var refused = Assert.IsType<MailDelivery.Refused>(await SendAsync(DashboardProcess.FreePort()));

        Assert.False(refused.IsFinal);
        Assert.StartsWith(TestSmtpServer.Host, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_not_waited_for_beyond_the_timeout()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();

        var refused = Assert.IsType<MailDelivery.Refused>(
            await SendAsync(((IPEndPoint)mute.LocalEndpoint).Port, timeout: TimeSpan.FromSeconds(1)));

        Assert.False(refused.IsFinal);
        Assert.Equal($"{TestSmtpServer.Host}: no answer within 1 second", refused.Reason);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_server_that_nobody_vouches_for()
    {
        await using var server = await TestSmtpServer.StartAsync(SmtpSecurity.StartTls);

        var refused = Assert.IsType<MailDelivery.Refused>(await SendAsync(server.Port, SmtpSecurity.StartTls));

        Assert.False(refused.IsFinal);
        Assert.True(server.IsEmpty);
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_clear_where_STARTTLS_is_asked_for()
    {
        await using var server = await TestSmtpServer.StartAsync();

        var refused = Assert.IsType<MailDelivery.Refused>(await SendAsync(server.Port, SmtpSecurity.StartTls));

        Assert.False(refused.IsFinal);
        Assert.True(server.IsEmpty);
    }

    private static async Task<MailDelivery> SendAsync(int port, SmtpSecurity security = SmtpSecurity.None, TimeSpan? timeout = null)
    {
        var options = Options.Create(new MailOptions
        {
            From = "Postman <donotreply@postman.example>",
            Smtp = new SmtpOptions { Host = TestSmtpServer.Host, Port = port, Security = security, Timeout = timeout ?? TimeSpan.FromMinutes(1) },
        });
        using var connections = new SmtpConnections(options, TimeProvider.System);
        var mail = new MimeMessage { Subject = "Hello", Body = new TextPart(TextFormat.Plain) { Text = "Hello" } };
        mail.From.Add(new MailboxAddress("Postman", "donotreply@postman.example"));
        mail.To.Add(new MailboxAddress("", Recipient));
        var clock = TimeProvider.System;
        var server = new MailServer(new Outbox(new MailSender(options), clock), options, clock, NullLogger<MailServer>.Instance);
        return await new SmtpMailTransport(connections, server, options, clock).SendAsync(mail, mail.To.Mailboxes.Single().Address, CancellationToken.None);
    }
}
