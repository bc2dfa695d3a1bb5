using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Reminders;

/// <summary>Which mails may be tried again: nothing is sent about a deleted key but that it was deleted, and no reminders to who is no contact any more.</summary>
public static class OwedMails
{
    public static IQueryable<OutgoingMail> StillOwed(this IQueryable<OutgoingMail> mails, DashboardDbContext db) => mails.Where(mail =>
        mail.ApiKeyId == null
        || mail.Kind == MailKind.Notice
        || db.ApiKeys.Any(key => key.Id == mail.ApiKeyId && key.DeletedAt == null
            && (mail.Kind == MailKind.UnreachableContacts || key.Contacts.Any(contact => contact.NormalizedAddress == mail.NormalizedRecipient))));
}
