using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Deletion;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Rotation.Automatic;

/// <summary>
/// Deletes the old keys of rotations for which that was chosen, as soon as the rotation's page says that it is safe, and after a day
/// in which everyone concerned knows. Safe to run late, twice, or on two machines at once.
/// </summary>
public sealed class AutoDeleteSweep(
    IDbContextFactory<DashboardDbContext> databases, RotationReport report, KeyDeletion deletion, AutoDeleteNotices notices, Outbox outbox,
    TimeProvider clock, ILogger<AutoDeleteSweep> logger)
{
    public const string JobId = "rotations";

    /// <summary>How long before the deletion it is announced.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await FindWaitingAsync(cancellationToken))
        {
            try
            {
                await LookAtAsync(id, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One of them holds up no other. The next run looks at it again.
                logger.LogError(failure, "The end of rotation {RotationId} could not be settled", id);
            }
        }
    }

    /// <summary>What the job reads of the table, and all of it that it reads.</summary>
    internal static IQueryable<KeyRotation> Waiting(DashboardDbContext db) =>
        db.KeyRotations.Where(rotation => rotation.AutoDeleteBy != null && rotation.EndedAt == null);

    private async Task<IReadOnlyList<Guid>> FindWaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Waiting(db).OrderBy(rotation => rotation.StartedAt).Select(rotation => rotation.Id).ToListAsync(cancellationToken);
    }

    private async Task LookAtAsync(Guid id, CancellationToken cancellationToken)
    {
        await using (var reading = await databases.CreateDbContextAsync(cancellationToken))
        {
            // Most of the time there is nothing to do, and nobody has to wait for that.
            if (await AssessAsync(reading, id, cancellationToken) is null or { Step: AutoDeleteStep.Wait })
            {
                return;
            }
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        // Again, and all of it: another machine or a person may have been first, and a program may have called.
        if (await AssessAsync(db, id, cancellationToken) is { } assessed)
        {
            await TakeAsync(db, assessed, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            outbox.Wake();
            logger.LogInformation("The old key {KeyId} of a rotation: {Step}", assessed.Waiting.Old.Id, assessed.Step);
        }
    }

    private async Task TakeAsync(DashboardDbContext db, Assessed assessed, CancellationToken cancellationToken)
    {
        var (waiting, state, step) = assessed;
        var now = clock.GetUtcNow();
        switch (step)
        {
            case AutoDeleteStep.Announce:
                waiting.Rotation.PlanDeletion(now + Notice);
                KeyEvents.Add(db, waiting.Old.Id, KeyEventKind.AutoDeletePlanned, Actor.Rotation, now);
                notices.NotifyPlanned(db, waiting, state);
                break;
            case AutoDeleteStep.Postpone:
                notices.NotifyPostponed(db, waiting, state);
                waiting.Rotation.PlanDeletion(null);
                KeyEvents.Add(db, waiting.Old.Id, KeyEventKind.AutoDeletePostponed, Actor.Rotation, now);
                break;
            case AutoDeleteStep.Delete:
                await deletion.DeleteAsync(db, waiting.Old, Actor.AfterRotation(waiting.Rotation.AutoDeleteBy!), cancellationToken);
                break;
        }
    }

    /// <returns>Null where there is nothing to look at any more.</returns>
    private async Task<Assessed?> AssessAsync(DashboardDbContext db, Guid id, CancellationToken cancellationToken)
    {
        if (await Waiting(db).SingleOrDefaultAsync(rotation => rotation.Id == id, cancellationToken) is not { } rotation
            || await WaitingRotation.FindAsync(db, rotation, cancellationToken) is not { } waiting)
        {
            return null;
        }

        var state = await report.AssessAsync(db, rotation, waiting.Old, waiting.New, cancellationToken);
        return new Assessed(waiting, state, StepAt(clock.GetUtcNow(), rotation.DeleteAt, state.IsSafe, LastCallOf(waiting.Old, state)));
    }

    /// <summary>Also one that was refused, as with a paused key.</summary>
    private static DateTimeOffset? LastCallOf(ApiKey old, RotationState state) =>
        old.LastKnownUseAt > state.QuietSince || state.QuietSince is null ? old.LastKnownUseAt : state.QuietSince;

    private static AutoDeleteStep StepAt(DateTimeOffset now, DateTimeOffset? deleteAt, bool isSafe, DateTimeOffset? lastUse) => deleteAt switch
    {
        null => isSafe ? AutoDeleteStep.Announce : AutoDeleteStep.Wait,
        // Also where it has been quiet for long enough since: a call is a call.
        { } at when !isSafe || lastUse > at - Notice => AutoDeleteStep.Postpone,
        // Further away than it can be: the clock was set back since.
        { } at when at - now > Notice => AutoDeleteStep.Announce,
        { } at => now >= at ? AutoDeleteStep.Delete : AutoDeleteStep.Wait,
    };

    private sealed record Assessed(WaitingRotation Waiting, RotationState State, AutoDeleteStep Step);
}
