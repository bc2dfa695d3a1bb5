using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Check;

/// <summary>Tells an account which of its keys a token belongs to, whatever became of the key. The token is looked at and forgotten.</summary>
public sealed class KeyCheck(IDbContextFactory<DashboardDbContext> databases, KeyCheckLimit limit, TimeZoneInfo zone, TimeProvider clock)
{
    /// <param name="pasted">White space in and around it is no part of it: line breaks come along with what is copied.</param>
    public async Task<KeyCheckResult> CheckAsync(Guid accountId, string? pasted, CancellationToken cancellationToken)
    {
        if (limit.Take(accountId) is { } wait)
        {
            return new KeyCheckResult.TooMany(wait);
        }

        if (!ApiKeyToken.TryParse(string.Concat((pasted ?? "").Where(character => !char.IsWhiteSpace(character))), out var token))
        {
            return new KeyCheckResult.NotYours();
        }

        var hash = token.Hash;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.AccountId == accountId && key.Hash == hash, cancellationToken);
        return key is null
            ? new KeyCheckResult.NotYours()
            : new KeyCheckResult.Yours(
                key.Id,
                key.Label,
                key.Hint,
                ApiKey.StatusAt(key.DeletedAt, key.ExpiresAt, clock.GetUtcNow(), zone),
                key.CreatedAt,
                key.ExpiresAt,
                key.LastKnownUseAt,
                key.LastUsedFrom,
                key.DeletedAt);
    }
}
