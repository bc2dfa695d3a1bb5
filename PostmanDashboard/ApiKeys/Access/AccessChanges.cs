using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Access;

/// <summary>Changes what a key may do. Another account's key is answered like one that doesn't exist.</summary>
public sealed class AccessChanges(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock, ILogger<AccessChanges> logger)
{
    /// <param name="seen">What it was when they began: nothing newer is overwritten unseen.</param>
    /// <returns>What the key may do now: something else than was wanted where somebody changed it meanwhile. Null when the account has no such
    /// key, or has deleted it.</returns>
    public async Task<KeyAccess?> ChangeAsync(
        Guid accountId, Guid id, KeyAccess seen, KeyAccess wanted, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await db.ApiKeys.OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
        if (key is null)
        {
            return null;
        }

        if (key.Access == seen && wanted != seen)
        {
            KeyEvents.Add(db, id, KeyEventKind.AccessChanged, actor, clock.GetUtcNow(), $"{key.Access.InWords()} → {wanted.InWords()}");
            key.Access = wanted;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            logger.LogInformation("The access of key {KeyId} of account {AccountId} was changed", id, accountId);
        }

        return key.Access;
    }
}
