using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>Which mails may be tried again.</summary>
/// <remarks>
/// Nothing is sent about a deleted key but notices (it was deleted, it is still called with), no reminder to who is no contact
/// any more, and no reminder once a more urgent one was written or is due: the next sweep writes it.
/// </remarks>
public static class StillDueMails
{
    public static IQueryable<OutgoingMail> StillDue(this IQueryable<OutgoingMail> mails, DashboardDbContext db, DateTimeOffset now) => mails.Where(mail =>
        mail.ApiKeyId == null
        || mail.Kind == MailKind.Notice
        || db.ApiKeys.Any(key => key.Id == mail.ApiKeyId && key.DeletedAt == null
            && (mail.Kind == MailKind.UnreachableContacts || key.Contacts.Any(contact => contact.NormalizedAddress == mail.NormalizedRecipient))
            && !db.Reminders.Any(wider => wider.MailId == mail.Id && db.Reminders.Any(tighter =>
                tighter.ApiKeyId == wider.ApiKeyId && tighter.NormalizedContact == wider.NormalizedContact
                && tighter.Stage > wider.Stage
                && (tighter.State == ReminderState.Queued || (tighter.State == ReminderState.Planned && tighter.DueAt <= now))))));
}
