using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>
/// Reminders that went out, or were given up, before they were due: by a clock that ran ahead and was set back since. Their contacts
/// are reminded again when it is time.
/// </summary>
public sealed class EarlyReminders(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    /// <summary>Keys at a time; each has at most fifty reminders.</summary>
    private const int BatchSize = 50;

    /// <summary>Safe to run twice. The mails stay as they are, but for those that weren't sent yet: these are cancelled.</summary>
    /// <returns>How many reminders are planned again.</returns>
    public async Task<int> PlanAgainAsync(CancellationToken cancellationToken)
    {
        var (planned, now) = (0, clock.GetUtcNow());
        while (await PlanBatchAsync(now, cancellationToken) is > 0 and var batch)
        {
            planned += batch;
        }

        return planned;
    }

    private async Task<int> PlanBatchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var ids = await Early(db, now).Select(reminder => reminder.ApiKeyId).Distinct().OrderBy(id => id).Take(BatchSize).ToListAsync(cancellationToken);
        var reminders = await db.Reminders.Where(reminder => ids.Contains(reminder.ApiKeyId)).ToListAsync(cancellationToken);
        var early = reminders.Where(reminder => reminder.DueAt > now && IsSettled(reminder)).ToList();
        // A wider one that was left out for the sake of one of them: nobody was reminded instead.
        var leftOut = reminders.Where(wider => wider.State == ReminderState.Superseded && early.Any(tighter => tighter.IsTighterThan(wider))).ToList();
        var again = early.Union(leftOut).ToList();
        await ReleaseMailsAsync(db, [.. again.Select(reminder => reminder.MailId).OfType<Guid>()], now, cancellationToken);
        again.ForEach(reminder => reminder.PlanAgain());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return again.Count;
    }

    private static IQueryable<Reminder> Early(DashboardDbContext db, DateTimeOffset now) => db.Reminders.Where(reminder =>
        reminder.DueAt > now
        && (reminder.State == ReminderState.Queued || reminder.State == ReminderState.Superseded || reminder.CancelReason == CancelReason.AccountDisabled)
        && db.ApiKeys.Any(key => key.Id == reminder.ApiKeyId && key.DeletedAt == null));

    private static bool IsSettled(Reminder reminder) =>
        reminder.State is ReminderState.Queued or ReminderState.Superseded || reminder.CancelReason == CancelReason.AccountDisabled;

    /// <summary>What a premature mail said wasn't true, so it may be said again.</summary>
    private static async Task ReleaseMailsAsync(DashboardDbContext db, IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mails = db.OutgoingMails.Where(mail => ids.Contains(mail.Id));
        await mails.CancelAsync(CancelReason.NotDue, now, cancellationToken);
        await mails.ReleaseFactAsync(cancellationToken);
    }
}
