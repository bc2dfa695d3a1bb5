using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Utils;

namespace PostmanDashboard.Mail;

/// <summary>The mailbox that our mails come from (<c>Mail:From</c>).</summary>
public sealed class MailSender(IOptions<MailOptions> options)
{
    /// <summary>A new object each time: MimeKit's are changeable.</summary>
    public MailboxAddress Mailbox => MailboxAddress.Parse(options.Value.From);

    /// <summary>A Message-ID (RFC 5322, 3.6.4) under the sender's domain, so that it doesn't tell the name of this machine.</summary>
    public string NewMessageId() => MimeUtils.GenerateMessageId(Mailbox.Domain);
}
