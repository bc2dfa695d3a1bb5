using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys;

/// <summary>Decides whether a token opens the API, now: one checksum and one look-up in an index, and nothing is cached.</summary>
public sealed class ApiKeyVerifier(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    public async Task<ApiKeyVerification> VerifyAsync(string? presented, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(presented, out var token))
        {
            return new ApiKeyVerification.Refused(ApiKeyRefusal.Malformed);
        }

        var hash = token.Hash;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from key in db.ApiKeys
            join account in db.Users on key.AccountId equals account.Id
            where key.Hash == hash
            select new
            {
                Key = new VerifiedApiKey(key.Id, account.Id, account.Email!, key.Label, key.Hint, key.CreatedAt, key.ExpiresAt),
                key.DeletedAt,
                account.DisabledAt,
            }).SingleOrDefaultAsync(cancellationToken);

        var now = clock.GetUtcNow();
        return found switch
        {
            null => new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown),
            { DeletedAt: not null } => new ApiKeyVerification.Refused(ApiKeyRefusal.Deleted),
            _ when now >= found.Key.ExpiresAt => new ApiKeyVerification.Refused(ApiKeyRefusal.Expired),
            { DisabledAt: not null } => new ApiKeyVerification.Refused(ApiKeyRefusal.AccountDisabled),
            _ => new ApiKeyVerification.Accepted(found.Key, now),
        };
    }
}
