using Microsoft.EntityFrameworkCore;
using MimeKit;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.ApiKeys.Reminders.Mails;

/// <summary>Writes a reminder at the moment of sending: one that was deferred or retried says what is true by then, or isn't sent.</summary>
public sealed class ReminderMail : IMailComposer, IDisposable
{
    private readonly IDbContextFactory<DashboardDbContext> databases;
    private readonly ReminderEmail email;
    private readonly MailSender sender;
    private readonly TimeProvider clock;
    private readonly ReadBatcher<(Guid MailId, Guid ApiKeyId), (KeyOwner Owner, bool IsStillDue)> facts;

    public ReminderMail(IDbContextFactory<DashboardDbContext> databases, ReminderEmail email, MailSender sender, TimeProvider clock)
    {
        (this.databases, this.email, this.sender, this.clock) = (databases, email, sender, clock);
        facts = new ReadBatcher<(Guid MailId, Guid ApiKeyId), (KeyOwner Owner, bool IsStillDue)>(databases, ReadAsync);
    }

    public MailKind Kind => MailKind.Reminder;

    public async Task<MimeMessage?> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var (owner, isStillDue) = await facts.ReadAsync((mail.Id, mail.ApiKeyId!.Value));
        if (owner.Silence is not null || !isStillDue)
        {
            await CancelAsync(owner, mail, cancellationToken);
            return null;
        }

        var (subject, content) = email.Words(owner.Key, owner.Email, owner.Replacement);
        var (text, html) = (content.Text, content.Html);
        if (text != mail.Text || subject != mail.Subject)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.OutgoingMails.Where(row => row.Id == mail.Id).RewriteAsync(subject, text, html, cancellationToken);
        }

        return sender.Compose(mail.Recipient, subject, text, html, mail.InternetMessageId, clock.GetUtcNow());
    }

    public void Dispose() => facts.Dispose();

    private async Task<IReadOnlyDictionary<(Guid MailId, Guid ApiKeyId), (KeyOwner Owner, bool IsStillDue)>> ReadAsync(
        DashboardDbContext db, IReadOnlyList<(Guid MailId, Guid ApiKeyId)> mails)
    {
        var owners = await KeyOwner.Of(db, [.. mails.Select(mail => mail.ApiKeyId).Distinct()]).AsNoTracking().ToDictionaryAsync(owner => owner.Key.Id);
        var ids = mails.Select(mail => mail.MailId).ToList();
        var due = await db.OutgoingMails.Where(row => EF.Parameter(ids).Contains(row.Id)).StillDue(db, clock.GetUtcNow()).Select(row => row.Id).ToListAsync();
        return mails.ToDictionary(mail => mail, mail => (owners[mail.ApiKeyId], due.Contains(mail.MailId)));
    }

    private async Task CancelAsync(KeyOwner owner, OutgoingMail mail, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var reason = owner.Silence ?? await SilenceAsync(db, mail, cancellationToken);
        await db.OutgoingMails.Where(row => row.Id == mail.Id).CancelAsync(reason, clock.GetUtcNow(), cancellationToken);
    }

    /// <returns>Why the recipient is no longer notified.</returns>
    private static async Task<CancelReason> SilenceAsync(DashboardDbContext db, OutgoingMail mail, CancellationToken cancellationToken)
    {
        var isContact = await db.ApiKeys.AnyAsync(
            key => key.Id == mail.ApiKeyId && key.Contacts.Any(contact => contact.NormalizedAddress == mail.NormalizedRecipient), cancellationToken);
        return isContact ? CancelReason.Superseded : CancelReason.ContactRemoved;
    }
}
