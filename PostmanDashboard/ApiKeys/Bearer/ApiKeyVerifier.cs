using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>Decides whether a call with a token is let in, now: one checksum and one look-up in an index, and nothing is cached.</summary>
public sealed class ApiKeyVerifier(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    /// <summary>For a program's call. The first one that is let in also marks the key as used.</summary>
    public Task<ApiKeyVerification> VerifyAsync(string? presented, CancellationToken cancellationToken) =>
        VerifyAsync(presented, isUse: true, cancellationToken);

    /// <summary>For a call of our own that tries a key: the same answer, and the key stays as unused as it was.</summary>
    public Task<ApiKeyVerification> TryAsync(string? presented, CancellationToken cancellationToken) =>
        VerifyAsync(presented, isUse: false, cancellationToken);

    private async Task<ApiKeyVerification> VerifyAsync(string? presented, bool isUse, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(presented, out var token))
        {
            var isSurrounded = presented is not null && ApiKeyToken.FindAll(presented).Count > 0;
            return new ApiKeyVerification.Refused(isSurrounded ? ApiKeyRefusal.Surrounded : ApiKeyRefusal.Malformed);
        }

        var hash = token.Hash;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from key in db.ApiKeys
            join account in db.Users on key.AccountId equals account.Id
            where key.Hash == hash
            select new
            {
                Key = new VerifiedApiKey(
                    key.Id, account.Id, account.Email!, account.MessagesPerSecond, key.Label, key.Hint, key.CreatedAt, key.ExpiresAt),
                key.DeletedAt,
                key.FirstUsedAt,
                account.DisabledAt,
            }).SingleOrDefaultAsync(cancellationToken);

        var now = clock.GetUtcNow();
        return found switch
        {
            null => new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown),
            { DeletedAt: not null } => new ApiKeyVerification.Refused(ApiKeyRefusal.Deleted, found.Key.Id),
            _ when now >= found.Key.ExpiresAt => new ApiKeyVerification.Refused(ApiKeyRefusal.Expired, found.Key.Id),
            { DisabledAt: not null } => new ApiKeyVerification.Refused(ApiKeyRefusal.AccountDisabled, found.Key.Id),
            { FirstUsedAt: null } when isUse && !await MarkAsUsedAsync(db, found.Key.Id, hash, now, cancellationToken) => new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown),
            _ => new ApiKeyVerification.Accepted(found.Key, now),
        };
    }

    /// <summary>Writes down that the key is used, before the call is let in: whoever replaces the token of an unused key can rely on it.</summary>
    /// <returns>False when the key has another token by now.</returns>
    private static async Task<bool> MarkAsUsedAsync(
        DashboardDbContext db, Guid keyId, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var current = db.ApiKeys.Where(key => key.Id == keyId && key.Hash == hash);
        var marked = await current.Where(key => key.FirstUsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.FirstUsedAt, now), cancellationToken);
        // Another call of the same moment may have been the first.
        return marked > 0 || await current.AnyAsync(cancellationToken);
    }
}
