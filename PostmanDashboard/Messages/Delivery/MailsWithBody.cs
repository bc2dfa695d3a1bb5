using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Messages.Delivery;

/// <summary>Mails that carry a message, whose content is in the message's row and not in the mail's.</summary>
public static class MailsWithBody
{
    /// <returns>All but those whose message has lost its body, which is blanked some time after it was settled.</returns>
    public static IQueryable<OutgoingMail> WithBody(this IQueryable<OutgoingMail> mails, DashboardDbContext db) => mails.Where(mail =>
        mail.MessageId == null || db.Messages.Any(message => message.Id == mail.MessageId && message.Body != null));
}
