using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Transports;

/// <summary>What most tests take for a mail server agrees with one that it shares no code with.</summary>
public sealed class IndependentSmtpServerTests
{
    private const string Recipient = "mei@agency.gov.sg";
    private const string Stranger = "nobody@agency.gov.sg";
    private const string Refusal = "550 5.1.1 No such mailbox";

    [FactNeeding(Needs.MailServer)]
    public async Task Both_servers_receive_the_same_and_refuse_with_the_same_words()
    {
        await using var independent = await IndependentSmtpServer.StartAsync();
        await using var test = await TestSmtpServer.StartAsync();
        await independent.RefuseAsync(Stranger, Refusal);
        test.Refuse(Stranger, Refusal);

        var (expected, expectedWords) = await SendAsync(independent);
        var (actual, words) = await SendAsync(test);

        Assert.Equal(expectedWords, words);
        Assert.Equal((expected.From, expected.Encrypted, expected.Answered), (actual.From, actual.Encrypted, actual.Answered));
        Assert.Equal(expected.Recipients, actual.Recipients);
        Assert.Equal(Encoding.UTF8.GetString(expected.Raw), Encoding.UTF8.GetString(actual.Raw));
        // They were sent what a server could get wrong: lines of dots, bytes beyond ASCII, and more than a buffer holds.
        Assert.Contains("\r\n\r\n.\r\n..\r\n.dots\r\nGrüße\r\n", Encoding.UTF8.GetString(actual.Raw), StringComparison.Ordinal);
    }

    /// <returns>What the server received, and what it said to a stranger.</returns>
    private static async Task<(ReceivedMail Mail, string Refusal)> SendAsync(ReceivingServer server)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(ReceivingServer.Host, server.Port, SecureSocketOptions.None);
        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(CreateMail(), From, [new MailboxAddress("", Stranger)]));
        await client.SendAsync(CreateMail(), From, [new MailboxAddress("", Recipient), new MailboxAddress("", "Tan.L+x@agency.gov.sg")]);
        await client.DisconnectAsync(quit: true);
        return (await server.NextAsync(), $"{refusal.ErrorCode} {(int)refusal.StatusCode} {refusal.Message}");
    }

    private static MailboxAddress From => new("", "postman@agency.gov.sg");

    private static MimeMessage CreateMail()
    {
        var text = new TextPart("plain") { Text = ".\r\n..\r\n.dots\r\nGrüße\r\n", ContentTransferEncoding = ContentEncoding.EightBit };
        var file = new MimePart("application", "octet-stream")
        {
            Content = new MimeContent(new MemoryStream(Enumerable.Range(0, 300_000).Select(number => (byte)number).ToArray())),
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        var both = new Multipart("mixed") { text, file };
        both.Boundary = "=-part";
        return new MimeMessage([From], [new MailboxAddress("", Recipient)], "Your key — naïve?", both)
        {
            MessageId = "one@agency.gov.sg",
            Date = DateTimeOffset.UnixEpoch,
        };
    }
}
