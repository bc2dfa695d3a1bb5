using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Activity;

/// <summary>Reads what happened to a key. Another account's key is answered like one that doesn't exist.</summary>
public sealed class KeyActivity(IDbContextFactory<DashboardDbContext> databases)
{
    /// <summary>So many are shown at a time.</summary>
    public const int PageSize = 50;

    /// <returns>The newest first, <see cref="PageSize"/> at the most: those before <paramref name="beforeId"/> when it isn't null.</returns>
    public async Task<IReadOnlyList<KeyEvent>> ListAsync(Guid accountId, Guid apiKeyId, long? beforeId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(db, accountId, apiKeyId).Where(happened => beforeId == null || happened.Id < beforeId)
            .OrderByDescending(happened => happened.Id).Take(PageSize).ToListAsync(cancellationToken);
    }

    /// <returns>Who made the key, and from where. Null where that was before activity was kept.</returns>
    public async Task<Actor?> FindMakerAsync(Guid accountId, Guid apiKeyId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(db, accountId, apiKeyId).Where(happened => happened.Kind == KeyEventKind.Generated)
            .Select(happened => new Actor(happened.ActorName, happened.ActorAddress)).FirstOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<KeyEvent> Of(DashboardDbContext db, Guid accountId, Guid apiKeyId) => db.KeyEvents.AsNoTracking()
        .Where(happened => happened.ApiKeyId == apiKeyId && db.ApiKeys.Any(key => key.Id == apiKeyId && key.AccountId == accountId));
}
