using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>Starts rotations and ends them. Another account's key is answered like one that doesn't exist.</summary>
public sealed class KeyRotations(
    IDbContextFactory<DashboardDbContext> databases, ApiKeyIssuer issuing, KeyNotices notices, AutoDeleteNotices automatic, Outbox outbox,
    TimeProvider clock, ILogger<KeyRotations> logger)
{
    /// <summary>Creates the key that replaces the old one. Of several who ask at the same time, one gets a key and the others learn that it exists.</summary>
    public async Task<StartRotationResult> StartAsync(
        Guid accountId, Guid oldKeyId, NewApiKey replacement, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var now = clock.GetUtcNow();
        var old = await db.ApiKeys.Include(key => key.Contacts).OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == oldKeyId, cancellationToken);
        if (await FindObstacleAsync(db, old, now, cancellationToken) is { } obstacle)
        {
            return obstacle;
        }

        return await issuing.AddAsync(db, accountId, replacement, actor, cancellationToken) switch
        {
            AddApiKeyResult.Refused refused => new StartRotationResult.NotIssued(refused.Why),
            AddApiKeyResult.Added added => await CommitAsync(db, transaction, old!, added, actor, now, cancellationToken),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    /// <summary>Gives the rotation up: both keys stay as they are, and each can be rotated again.</summary>
    /// <returns>False when the account has no such ongoing rotation.</returns>
    public async Task<bool> AbandonAsync(Guid accountId, Guid rotationId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var rotation = await db.KeyRotations.OpenOf(accountId).SingleOrDefaultAsync(rotation => rotation.Id == rotationId, cancellationToken);
        if (rotation is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        await automatic.NotifyKeptAsync(db, rotation, "The rotation was stopped, so both keys keep working.", cancellationToken);
        rotation.Finish(RotationEnd.Abandoned, now);
        // From here on they are two keys like any others.
        await db.ApiKeys.Where(key => key.Id == rotation.NewKeyId)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.LineId, key => key.Id), cancellationToken);
        KeyEvents.Add(db, rotation.OldKeyId, KeyEventKind.RotationStopped, actor, now);
        KeyEvents.Add(db, rotation.NewKeyId, KeyEventKind.RotationStopped, actor, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return true;
    }

    /// <summary>Ends the rotation of a key that is being deleted, in the transaction that deletes it: as completed when it is the
    /// old one, else as abandoned.</summary>
    /// <param name="deleted">Marked as deleted, but perhaps not saved.</param>
    /// <returns>The key that takes its place. Null where there is none.</returns>
    internal static async Task<Successor?> EndAsync(
        DashboardDbContext db, ApiKey deleted, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ending = await db.KeyRotations
            .Where(rotation => rotation.EndedAt == null && (rotation.OldKeyId == deleted.Id || rotation.NewKeyId == deleted.Id))
            .ToListAsync(cancellationToken);
        foreach (var rotation in ending)
        {
            rotation.Finish(rotation.OldKeyId == deleted.Id ? RotationEnd.Completed : RotationEnd.Abandoned, now);
            if (rotation.End is RotationEnd.Abandoned)
            {
                KeyEvents.Add(db, rotation.OldKeyId, KeyEventKind.RotationStopped, actor, now, "The replacement was deleted.");
            }
        }

        if (ending.Find(rotation => rotation.End == RotationEnd.Completed) is not { } completed)
        {
            return null;
        }

        var replacement = await db.ApiKeys.SingleAsync(key => key.Id == completed.NewKeyId, cancellationToken);
        var former = replacement.Label;
        if (completed.TakesOldLabel)
        {
            // The label is free only once the old key is deleted, in the database as well.
            await db.SaveChangesAsync(cancellationToken);
            replacement.TakeLabelOf(deleted);
            KeyEvents.AddRenamed(db, replacement, former, actor, now);
        }

        return new Successor(replacement, completed.TakesOldLabel ? former : null);
    }

    private async Task<StartRotationResult> CommitAsync(
        DashboardDbContext db, IDbContextTransaction transaction, ApiKey old, AddApiKeyResult.Added added, Actor actor, DateTimeOffset now,
            CancellationToken cancellationToken)
    {
        added.Key.Replace(old);
        db.KeyRotations.Add(new KeyRotation { AccountId = old.AccountId, OldKeyId = old.Id, NewKeyId = added.Key.Id, StartedAt = now });
        KeyEvents.Add(db, old.Id, KeyEventKind.RotationStarted, actor, now, $"Replaced by {added.Key.Label}.");
        KeyEvents.Add(db, added.Key.Id, KeyEventKind.RotationStarted, actor, now, $"Replaces {old.Label}.");
        var email = await db.Users.Where(account => account.Id == old.AccountId).Select(account => account.Email!).SingleAsync(cancellationToken);
        notices.NotifyReplaced(db, old, added.Key, email);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            // Whether the old key is being replaced was asked within this transaction, so it can only be the label.
            return new StartRotationResult.NotIssued(new IssueApiKeyResult.LabelTaken());
        }

        outbox.Wake();
        logger.LogInformation("Key {KeyId} of account {AccountId} is rotated: key {NewKeyId} was generated in its place", old.Id, old.AccountId, added.Key.Id);
        return new StartRotationResult.Started(added.Issued);
    }

    private static async Task<StartRotationResult?> FindObstacleAsync(
        DashboardDbContext db, ApiKey? old, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (old is null)
        {
            return new StartRotationResult.NotFound();
        }

        if (!old.IsLive(now))
        {
            return new StartRotationResult.Expired();
        }

        return await db.KeyRotations.OpenOf(old.AccountId).AnyAsync(rotation => rotation.OldKeyId == old.Id || rotation.NewKeyId == old.Id, cancellationToken)
            ? new StartRotationResult.AlreadyRotating()
            : null;
    }
}

/// <summary>The rule that is part of every read and write of an account's rotations.</summary>
internal static class OpenRotations
{
    /// <returns>The ongoing rotations of the account.</returns>
    public static IQueryable<KeyRotation> OpenOf(this IQueryable<KeyRotation> rotations, Guid accountId) =>
        rotations.Where(rotation => rotation.AccountId == accountId && rotation.EndedAt == null);
}
