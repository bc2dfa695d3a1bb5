using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.History;

/// <summary>The keys that an account deleted. An expired one stays among the others until then.</summary>
public sealed class KeyHistory(IDbContextFactory<DashboardDbContext> databases)
{
    public const int PageSize = 20;

    /// <param name="page">From 0 on. A page past the last one has no keys.</param>
    public async Task<HistoryPage> ListAsync(Guid accountId, int page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var over = db.ApiKeys.Where(key => key.AccountId == accountId && key.DeletedAt != null);
        var keys = await over
            .OrderByDescending(key => key.DeletedAt).ThenByDescending(key => key.Id)
            .Skip(page * PageSize).Take(PageSize)
            .Select(key => new PastKey(
                key.Id,
                key.Label,
                key.Hint,
                key.CreatedAt,
                key.ExpiresAt,
                key.DeletedAt!.Value,
                key.DeletedBy,
                key.DeletedFrom,
                key.LastUsedAt ?? key.FirstUsedAt,
                key.LastUsedFrom,
                db.KeyCallDays
                    .Where(day => day.ApiKeyId == key.Id && (day.Outcome == KeyCallOutcome.Expired || day.Outcome == KeyCallOutcome.Deleted))
                    .Sum(day => day.Calls))
            {
                Owner = key.Owner,
                Note = key.Note,
            })
            .ToListAsync(cancellationToken);
        return new HistoryPage(keys, await over.CountAsync(cancellationToken));
    }
}
