using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Rotation.Automatic;

/// <summary>Keeps what a person chose for the end of a rotation. Another account's rotation is treated like one that doesn't exist.</summary>
public sealed class RotationChoices(IDbContextFactory<DashboardDbContext> databases, AutoDeleteNotices notices, Outbox outbox, TimeProvider clock)
{
    /// <summary>Has the old key deleted by itself once that is safe.</summary>
    /// <returns>False when the account has no such ongoing rotation.</returns>
    public Task<bool> DeleteByItselfAsync(Guid accountId, Guid rotationId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, rotationId, (db, rotation) =>
        {
            if (rotation.AutoDeleteBy is null)
            {
                rotation.DeleteByItself(actor.Name);
                KeyEvents.Add(db, rotation.OldKeyId, KeyEventKind.AutoDeleteChosen, actor, clock.GetUtcNow());
            }

            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>Takes that back. Where the deletion was announced, those who know of it are told.</summary>
    /// <returns>False when the account has no such ongoing rotation: the key may just have been deleted.</returns>
    public Task<bool> KeepAsync(Guid accountId, Guid rotationId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, rotationId, async (db, rotation) =>
        {
            await notices.NotifyKeptAsync(db, rotation, "Its deletion was switched off on the rotation page.", cancellationToken);
            if (rotation.AutoDeleteBy is not null)
            {
                rotation.KeepUntilDeleted();
                KeyEvents.Add(db, rotation.OldKeyId, KeyEventKind.AutoDeleteUndone, actor, clock.GetUtcNow());
            }
        }, cancellationToken);

    /// <summary>Whether the new key gets the old label as soon as the old key is deleted.</summary>
    /// <returns>False when the account has no such ongoing rotation.</returns>
    public Task<bool> TakeOldLabelAsync(Guid accountId, Guid rotationId, bool takes, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, rotationId, (_, rotation) =>
        {
            rotation.TakesOldLabel = takes;
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>Gives the new key of a completed rotation the label of the deleted one now.</summary>
    /// <returns>False when there is no such rotation, its new key is gone, or another key has the label by now.</returns>
    public async Task<bool> RenameAsync(Guid accountId, Guid oldKeyId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var keys = await (
            from rotation in db.KeyRotations
            join old in db.ApiKeys on rotation.OldKeyId equals old.Id
            join replacement in db.ApiKeys on rotation.NewKeyId equals replacement.Id
            where rotation.AccountId == accountId && rotation.OldKeyId == oldKeyId && rotation.End == RotationEnd.Completed && replacement.DeletedAt == null
            select new { Old = old, New = replacement }).SingleOrDefaultAsync(cancellationToken);
        if (keys is null)
        {
            return false;
        }

        var former = keys.New.Label;
        keys.New.TakeLabelOf(keys.Old);
        KeyEvents.AddRenamed(db, keys.New, former, actor, clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            return false;
        }
    }

    private async Task<bool> ChangeAsync(
        Guid accountId, Guid rotationId, Func<DashboardDbContext, KeyRotation, Task> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var rotation = await db.KeyRotations.OpenOf(accountId).SingleOrDefaultAsync(rotation => rotation.Id == rotationId, cancellationToken);
        if (rotation is null)
        {
            return false;
        }

        await change(db, rotation);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return true;
    }
}
