using MimeKit;

namespace PostmanDashboard.Mail.Transports;

/// <summary>Hands one mail to whatever carries it on: an SMTP server, or in Development a folder.</summary>
public interface IMailTransport
{
    /// <param name="recipient">Where this copy of the mail goes (RFC 5321), whatever its header says of others.</param>
    Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken);
}
