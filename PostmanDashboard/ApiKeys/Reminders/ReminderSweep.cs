using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>Puts every reminder that is due into the outbox. Safe to run late, twice, or on two machines at once.</summary>
public sealed class ReminderSweep(
    IDbContextFactory<DashboardDbContext> databases, WriteLock turn, ReminderEmail email, Outbox outbox, TimeProvider clock,
    ILogger<ReminderSweep> logger)
{
    public const string JobId = "reminders";

    /// <summary>Keys at a time; each has at most fifty reminders.</summary>
    private const int BatchSize = 50;

    /// <summary>How many of the reminders that are due are read to find these keys.</summary>
    private const int RowsRead = 500;

    /// <summary>What is put into the outbox later than this is called late: the longest time between two sweeps, and a little.</summary>
    public static readonly TimeSpan Punctual = TimeSpan.FromMinutes(65);

    public async Task<SweepSummary> RunAsync(CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        var (queued, late) = (0, 0);
        while (!cancellationToken.IsCancellationRequested && await QueueBatchAsync(startedAt, cancellationToken) is { } batch)
        {
            (queued, late) = (queued + batch.Queued, late + batch.Late);
            outbox.Wake();
        }

        cancellationToken.ThrowIfCancellationRequested();
        logger.LogInformation("Checked for reminders: {Queued} queued, {Late} of them late", queued, late);
        return new SweepSummary(startedAt, queued, late);
    }

    /// <summary>The planned reminders that are due: what the sweep reads of the table, and all of it that it reads.</summary>
    internal static IQueryable<Reminder> Due(DashboardDbContext db, DateTimeOffset now) =>
        db.Reminders.Where(reminder => reminder.State == ReminderState.Planned && reminder.DueAt <= now);

    /// <returns>Null when nothing is due any more.</returns>
    private async Task<Batch?> QueueBatchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await Due(db, now).AnyAsync(cancellationToken))
        {
            return null;
        }

        // In turn with those who mark the mails that the batch before has put there.
        using var writing = await turn.AcquireAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var ids = await FirstKeysAsync(db, now, cancellationToken);
        var due = await Due(db, now).Where(reminder => EF.Parameter(ids).Contains(reminder.ApiKeyId)).ToListAsync(cancellationToken);
        var owners = await KeyOwner.Of(db, ids).ToDictionaryAsync(owner => owner.Key.Id, cancellationToken);
        var withWaiting = await ReminderPlan.FindWithWaitingMailsAsync(db, ids, cancellationToken);
        var batch = new Batch(0, 0);
        foreach (var ofContact in due.GroupBy(reminder => (reminder.ApiKeyId, reminder.NormalizedContact)))
        {
            IReadOnlyList<Reminder> stages = [.. ofContact.OrderBy(reminder => reminder.Stage)];
            batch += Settle(db, owners[ofContact.Key.ApiKeyId], stages, now);
            if (stages[^1].State == ReminderState.Queued && withWaiting.Contains(ofContact.Key.ApiKeyId))
            {
                await ReminderPlan.SupersedeWaitingAsync(db, stages[^1], now, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogExpired(due);
        return batch;
    }

    /// <summary>The keys whose reminders have been due for longest. Read in the order of the index: a batch costs the same however many are
    /// due.</summary>
    private static async Task<IReadOnlyList<Guid>> FirstKeysAsync(DashboardDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = await Due(db, now).OrderBy(reminder => reminder.DueAt).Take(RowsRead).Select(reminder => reminder.ApiKeyId).ToListAsync(cancellationToken);
        return [.. first.Distinct().Take(BatchSize)];
    }

    private void LogExpired(IEnumerable<Reminder> settled)
    {
        foreach (var key in settled.Where(reminder => reminder is { Stage: ReminderStage.Expired, State: ReminderState.Queued })
            .DistinctBy(reminder => reminder.ApiKeyId))
        {
            logger.LogInformation("Key {KeyId} expired", key.ApiKeyId);
        }
    }

    /// <param name="due">What is due of one key and contact, the widest first.</param>
    private Batch Settle(DashboardDbContext db, KeyOwner owner, IReadOnlyList<Reminder> due, DateTimeOffset now)
    {
        if (owner.Silence is { } reason)
        {
            foreach (var reminder in due)
            {
                reminder.Cancel(reason);
            }

            return new Batch(0, 0);
        }

        foreach (var wider in due.SkipLast(1))
        {
            wider.Supersede();
        }

        var tightest = due[^1];
        tightest.Queue(outbox.Add(db, email.Write(tightest, owner.Key, owner.Email, owner.Replacement)));
        return new Batch(1, now - due[0].DueAt > Punctual ? 1 : 0);
    }

    /// <param name="Late">How many of the queued ones a punctual sweep would have queued before.</param>
    private sealed record Batch(int Queued, int Late)
    {
        public static Batch operator +(Batch one, Batch other) => new(one.Queued + other.Queued, one.Late + other.Late);
    }
}
