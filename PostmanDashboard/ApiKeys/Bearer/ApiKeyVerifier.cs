using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>Decides whether a call with a token is allowed: one checksum and one look-up in an index, and nothing is cached.</summary>
public sealed class ApiKeyVerifier(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    /// <summary>For a program's call. The first one that is allowed also marks the key as used.</summary>
    public async Task<ApiKeyVerification> VerifyAsync(string? presented, CancellationToken cancellationToken)
    {
        var (verification, firstUse) = await DecideAsync(presented, cancellationToken);
        return firstUse is null || await MarkAsUsedAsync(firstUse, cancellationToken) ? verification : new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown);
    }

    /// <summary>For a call of our own that tries a key: the same answer, and the key stays as unused as it was.</summary>
    public async Task<ApiKeyVerification> VerifyWithoutUseAsync(string? presented, CancellationToken cancellationToken) =>
        (await DecideAsync(presented, cancellationToken)).Verification;

    private async Task<Decision> DecideAsync(string? presented, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(presented, out var token))
        {
            var isSurrounded = presented is not null && ApiKeyToken.FindAll(presented).Count > 0;
            return Decision.Refuse(isSurrounded ? ApiKeyRefusal.Surrounded : ApiKeyRefusal.Malformed);
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
            null => Decision.Refuse(ApiKeyRefusal.Unknown),
            { DeletedAt: not null } => Decision.Refuse(ApiKeyRefusal.Deleted, found.Key.Id),
            _ when now >= found.Key.ExpiresAt => Decision.Refuse(ApiKeyRefusal.Expired, found.Key.Id),
            { DisabledAt: not null } => Decision.Refuse(ApiKeyRefusal.AccountDisabled, found.Key.Id),
            _ => new Decision(
                new ApiKeyVerification.Accepted(found.Key, now),
                found.FirstUsedAt is null ? new FirstUse(found.Key.Id, hash, now) : null),
        };
    }

    /// <summary>Records that the key is used before the call is allowed, so that replacing the token of an unused key is safe.</summary>
    /// <returns>False when the key has another token by now.</returns>
    private async Task<bool> MarkAsUsedAsync(FirstUse use, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var current = db.ApiKeys.Where(key => key.Id == use.KeyId && key.Hash == use.Hash);
        var marked = await current.Where(key => key.FirstUsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.FirstUsedAt, use.At), cancellationToken);
        // Another call of the same moment may have been the first.
        return marked > 0 || await current.AnyAsync(cancellationToken);
    }

    /// <param name="FirstUse">What an allowed call changes about the key. Null where it was used before, and where the call isn't allowed.</param>
    private sealed record Decision(ApiKeyVerification Verification, FirstUse? FirstUse)
    {
        public static Decision Refuse(ApiKeyRefusal reason, Guid? keyId = null) => new(new ApiKeyVerification.Refused(reason, keyId), FirstUse: null);
    }

    private sealed record FirstUse(Guid KeyId, byte[] Hash, DateTimeOffset At);
}
