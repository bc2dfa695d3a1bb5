using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Access;

/// <summary>Changes what a key may do. Another account's key is answered like one that doesn't exist.</summary>
public sealed class AccessChanges(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock, ILogger<AccessChanges> logger)
{
    /// <returns>False when the account has no such key, or has deleted it.</returns>
    public async Task<bool> ChangeAsync(Guid accountId, Guid id, KeyAccess access, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await db.ApiKeys.OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
        if (key is null)
        {
            return false;
        }

        if (key.Access != access)
        {
            KeyEvents.Add(db, id, KeyEventKind.AccessChanged, actor, clock.GetUtcNow(), $"{key.Access.InWords()} → {access.InWords()}");
            key.Access = access;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            logger.LogInformation("The access of key {KeyId} of account {AccountId} was changed", id, accountId);
        }

        return true;
    }
}
