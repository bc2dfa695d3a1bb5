using MimeKit;

namespace PostmanDashboard.Mail;

/// <summary>Hands one mail to whatever carries it on: an SMTP server, or in Development a folder.</summary>
public interface IMailTransport
{
    Task<MailDelivery> SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
