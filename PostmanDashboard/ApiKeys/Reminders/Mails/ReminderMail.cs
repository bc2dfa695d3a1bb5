using Microsoft.EntityFrameworkCore;
using MimeKit;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.ApiKeys.Reminders.Mails;

/// <summary>Writes a reminder at the moment of sending: one that was deferred or retried says what is true by then, or isn't sent.</summary>
public sealed class ReminderMail(IDbContextFactory<DashboardDbContext> databases, ReminderEmail email, MailSender sender, TimeProvider clock) : IMailComposer
{
    public MailKind Kind => MailKind.Reminder;

    public async Task<MimeMessage?> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owner = await KeyOwner.Of(db, [mail.ApiKeyId!.Value]).AsNoTracking().SingleAsync(cancellationToken);
        var row = db.OutgoingMails.Where(row => row.Id == mail.Id);
        if ((owner.Silence ?? await SilenceAsync(db, mail, cancellationToken)) is { } reason)
        {
            await row.CancelAsync(reason, clock.GetUtcNow(), cancellationToken);
            return null;
        }

        var (subject, content) = email.Words(owner.Key, owner.Email, owner.Replacement);
        var (text, html) = (content.Text, content.Html);
        if (text != mail.Text || subject != mail.Subject)
        {
            await row.RewriteAsync(subject, text, html, cancellationToken);
        }

        return sender.Compose(mail.Recipient, subject, text, html, mail.InternetMessageId, clock.GetUtcNow());
    }

    /// <returns>Why the recipient is no longer notified. Null when they are.</returns>
    private async Task<CancelReason?> SilenceAsync(DashboardDbContext db, OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (await db.OutgoingMails.Where(row => row.Id == mail.Id).StillDue(db, clock.GetUtcNow()).AnyAsync(cancellationToken))
        {
            return null;
        }

        var isContact = await db.ApiKeys.AnyAsync(
            key => key.Id == mail.ApiKeyId && key.Contacts.Any(contact => contact.NormalizedAddress == mail.NormalizedRecipient), cancellationToken);
        return isContact ? CancelReason.Superseded : CancelReason.ContactRemoved;
    }
}
