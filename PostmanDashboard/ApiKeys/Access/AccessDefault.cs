using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Access;

/// <summary>What is offered to whoever makes a key: an account's only one reads everything, as the clients of the original do. Where there are
/// others, another team may share the mailbox, and doesn't expect its mail to be read.</summary>
public sealed class AccessDefault(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    public async Task<KeyAccess> ForNextKeyAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys.OwnedBy(accountId).AnyAsync(key => key.ExpiresAt > now, cancellationToken) ? KeyAccess.OwnMessages : KeyAccess.Full;
    }
}
