using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>Keeps the planned reminders of a key in step with the key. Its changes are saved by the caller, in the transaction that changes the key.</summary>
public sealed class ReminderPlan(DateTimeZone zone, TimeProvider clock)
{
    /// <summary>Plans every stage still to come for every contact, and cancels what is planned for addresses that are no longer contacts.</summary>
    public async Task FollowContactsAsync(DashboardDbContext db, ApiKey key, CancellationToken cancellationToken)
    {
        var existing = await db.Reminders.Where(reminder => reminder.ApiKeyId == key.Id).ToListAsync(cancellationToken);
        var wanted = key.Contacts.Select(contact => contact.NormalizedAddress).ToList();
        foreach (var gone in existing.Where(reminder => reminder.State == ReminderState.Planned && !wanted.Contains(reminder.NormalizedContact)))
        {
            gone.Cancel(CancelReason.ContactRemoved);
        }

        var undue = WaitingMails(db, key.Id).Where(mail => !wanted.Contains(mail.NormalizedRecipient));
        await undue.CancelAsync(CancelReason.ContactRemoved, clock.GetUtcNow(), cancellationToken);
        foreach (var contact in key.Contacts)
        {
            Plan(db, key, contact, [.. existing.Where(reminder => reminder.NormalizedContact == contact.NormalizedAddress)]);
        }
    }

    /// <summary>Cancels everything that was still to come: nothing is sent for a deleted key.</summary>
    public static async Task CancelAsync(DashboardDbContext db, Guid apiKeyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Reminders.Where(reminder => reminder.ApiKeyId == apiKeyId && reminder.State == ReminderState.Planned).ExecuteUpdateAsync(
            set => set.SetProperty(reminder => reminder.State, ReminderState.Cancelled).SetProperty(reminder => reminder.CancelReason, CancelReason.KeyDeleted),
            cancellationToken);
        var toAccount = db.OutgoingMails.Where(mail =>
            mail.ApiKeyId == apiKeyId && mail.State == MailState.Waiting && mail.Kind == MailKind.UnreachableContacts);
        await WaitingMails(db, apiKeyId).CancelAsync(CancelReason.KeyDeleted, now, cancellationToken);
        await toAccount.CancelAsync(CancelReason.KeyDeleted, now, cancellationToken);
    }

    /// <returns>Those of the keys about which a mail waits that a more urgent reminder could make superfluous: mostly none.</returns>
    public static async Task<IReadOnlyCollection<Guid>> FindWithWaitingMailsAsync(
        DashboardDbContext db, IReadOnlyList<Guid> apiKeyIds, CancellationToken cancellationToken)
    {
        var ids = await db.OutgoingMails
            .Where(mail => EF.Parameter(apiKeyIds).Contains(mail.ApiKeyId!.Value) && mail.State == MailState.Waiting && mail.Kind == MailKind.Reminder)
            .Select(mail => mail.ApiKeyId!.Value)
            .ToListAsync(cancellationToken);
        return ids.ToHashSet();
    }

    /// <summary>Cancels the earlier reminders that are still waiting when a more urgent one is queued: it says all that they say, and is up to date.</summary>
    /// <param name="reminder">The more urgent one.</param>
    public static Task SupersedeWaitingAsync(DashboardDbContext db, Reminder reminder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wider = db.Reminders.Where(row =>
            row.ApiKeyId == reminder.ApiKeyId && row.NormalizedContact == reminder.NormalizedContact && row.Stage < reminder.Stage);
        var waiting = WaitingMails(db, reminder.ApiKeyId).Where(mail => wider.Any(row => row.MailId == mail.Id));
        return waiting.CancelAsync(CancelReason.Superseded, now, cancellationToken);
    }

    private void Plan(DashboardDbContext db, ApiKey key, ApiKeyContact contact, IReadOnlyList<Reminder> existing)
    {
        foreach (var (stage, dueAt) in ReminderSchedule.Upcoming(key.ExpiresAt, clock.GetUtcNow(), zone))
        {
            if (existing.FirstOrDefault(reminder => reminder.Stage == stage) is not { } known)
            {
                db.Reminders.Add(new Reminder
                {
                    ApiKeyId = key.Id,
                    Stage = stage,
                    Contact = contact.Address,
                    NormalizedContact = contact.NormalizedAddress,
                    DueAt = dueAt,
                });
            }
            else if (known.State == ReminderState.Cancelled)
            {
                known.PlanAgain();
            }
        }
    }

    private static IQueryable<OutgoingMail> WaitingMails(DashboardDbContext db, Guid apiKeyId) => db.OutgoingMails.Where(mail =>
        mail.ApiKeyId == apiKeyId && mail.State == MailState.Waiting && (mail.Kind == MailKind.Reminder || mail.Kind == MailKind.Test));
}
