using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Networks;

/// <summary>Changes where a key may be called from. Another account's key is answered like one that doesn't exist.</summary>
public sealed class NetworkChanges(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock, ILogger<NetworkChanges> logger)
{
    /// <param name="seen">What they were when they began: nothing newer is overwritten unseen.</param>
    /// <returns>The key's networks now: others than were wanted where somebody changed them meanwhile. Null when the account has no such key, or
    /// has deleted it.</returns>
    public async Task<NetworkList?> ChangeAsync(
        Guid accountId, Guid id, NetworkList seen, NetworkList wanted, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await db.ApiKeys.OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
        if (key is null)
        {
            return null;
        }

        if (key.Networks == seen.Stored && !wanted.Equals(seen))
        {
            if (NetworksChange.InWords(seen, wanted) is { } change)
            {
                KeyEvents.Add(db, id, KeyEventKind.NetworksChanged, actor, clock.GetUtcNow(), change);
            }

            key.Networks = wanted.Stored;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            logger.LogInformation("The networks of key {KeyId} of account {AccountId} were changed", id, accountId);
        }

        return NetworkList.FromStored(key.Networks);
    }
}
