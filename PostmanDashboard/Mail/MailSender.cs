using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Mail;

/// <summary>Writes mails from the mailbox that ours come from (<c>Mail:From</c>).</summary>
public sealed class MailSender(IOptions<MailOptions> options)
{
    /// <summary>A new object each time: MimeKit's are changeable.</summary>
    public MailboxAddress Mailbox => MailboxAddress.Parse(options.Value.From);

    /// <summary>The same, as programs write it.</summary>
    public NamedAddress NamedAddress => Mailbox is { Name: { Length: > 0 } name, Address: var address }
        ? new NamedAddress(name, EmailAddress.Parse(address))
        : new NamedAddress(null, EmailAddress.Parse(Mailbox.Address));

    /// <summary>A mail of ours to one address, with a text part next to the HTML, which tells machines not to answer (RFC 3834).</summary>
    public MimeMessage Compose(string recipient, string subject, string text, string html, string messageId, DateTimeOffset now)
    {
        var message = new MimeMessage
        {
            Subject = HeaderText.Literal(subject),
            Date = now,
            MessageId = messageId,
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = text },
                new TextPart(TextFormat.Html) { Text = html }),
        };
        message.From.Add(Mailbox);
        message.To.Add(new MailboxAddress("", recipient));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>A Message-ID (RFC 5322, 3.6.4) under the sender's domain, so that it doesn't tell the name of this machine.</summary>
    public string NewMessageId() => MimeUtils.GenerateMessageId(Mailbox.Domain);
}
