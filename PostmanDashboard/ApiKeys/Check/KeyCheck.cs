using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Check;

/// <summary>Tells an account which of its keys a token belongs to, whatever its status. The token isn't stored.</summary>
public sealed class KeyCheck(IDbContextFactory<DashboardDbContext> databases, KeyCheckLimit limit, DateTimeZone zone, TimeProvider clock)
{
    /// <param name="pasted">A key, or text with keys in it: people paste what they found, quotation marks and log lines included.</param>
    public async Task<KeyCheckResult> CheckAsync(Guid accountId, string? pasted, CancellationToken cancellationToken)
    {
        if (limit.Take(accountId) is { } wait)
        {
            return new KeyCheckResult.TooMany(wait);
        }

        var text = pasted ?? "";
        var tokens = PastedText.FindTokens(text);
        if (tokens.Count == 0)
        {
            return PastedText.LooksLikeKey(text) ? new KeyCheckResult.Damaged() : new KeyCheckResult.NoKey();
        }

        var keys = await FindAsync(accountId, [.. tokens.Select(token => token.Hash)], cancellationToken);
        return keys.Count == 0 ? new KeyCheckResult.NotYours() : new KeyCheckResult.Yours(keys);
    }

    /// <returns>In the order of the hashes.</returns>
    private async Task<IReadOnlyList<CheckedKey>> FindAsync(Guid accountId, IReadOnlyList<byte[]> hashes, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.ApiKeys.AsNoTracking()
            .Where(key => key.AccountId == accountId && hashes.Contains(key.Hash))
            .ToListAsync(cancellationToken);
        return [.. found.OrderBy(key => hashes.TakeWhile(hash => !hash.AsSpan().SequenceEqual(key.Hash)).Count()).Select(Describe)];
    }

    private CheckedKey Describe(ApiKey key) => new(
        key.Id,
        key.Label,
        key.Hint,
        key.StatusAt(clock.GetUtcNow(), zone),
        key.CreatedAt,
        key.ExpiresAt,
        key.LastKnownUseAt,
        key.LastUsedFrom,
        key.DeletedAt);
}
