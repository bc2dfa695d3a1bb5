using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>
/// Decides whether a call with a token is allowed, now: one checksum, and what the database says about the key, which is remembered for as
/// long as the database says that nothing has changed (<see cref="KeyCache"/>).
/// </summary>
public sealed class ApiKeyVerifier(IDbContextFactory<DashboardDbContext> databases, KeyCache cache, TimeProvider clock)
{
    /// <summary>For a program's call. The first one that is allowed also marks the key as used.</summary>
    public ValueTask<ApiKeyVerification> VerifyAsync(string? presented, CallDemand demand, CancellationToken cancellationToken) =>
        VerifyAsync(presented, demand, isUse: true, cancellationToken);

    /// <summary>For a call of our own that tries a key: the same answer, and the key stays as unused as it was.</summary>
    public ValueTask<ApiKeyVerification> VerifyWithoutUseAsync(string? presented, CallDemand demand, CancellationToken cancellationToken) =>
        VerifyAsync(presented, demand, isUse: false, cancellationToken);

    private ValueTask<ApiKeyVerification> VerifyAsync(string? presented, CallDemand demand, bool isUse, CancellationToken cancellationToken)
    {
        if (!ApiKeyToken.TryParse(presented, out var token))
        {
            return new(RefuseUnreadable(presented));
        }

        var hash = TokenHash.Of(token);
        // A key that is remembered was used before.
        return cache.Find(hash) is { } known ? new(Decide(known, demand)) : new(ReadAndVerifyAsync(hash, demand, isUse, cancellationToken));
    }

    private async Task<ApiKeyVerification> ReadAndVerifyAsync(TokenHash hash, CallDemand demand, bool isUse, CancellationToken cancellationToken)
    {
        var stored = hash.ToArray();
        var known = await ReadAsync(stored, hash, cancellationToken);
        var verification = Decide(known, demand);
        var isAnswer = !isUse || known is null or { IsUsed: true } || verification is not ApiKeyVerification.Accepted accepted
            || await MarkAsUsedAsync(accepted, stored, cancellationToken);
        return isAnswer ? verification : new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown);
    }

    private static ApiKeyVerification.Refused RefuseUnreadable(string? presented) => new(
        presented is not null && ApiKeyToken.FindAll(presented).Count > 0 ? ApiKeyRefusal.Surrounded : ApiKeyRefusal.Malformed);

    private async Task<KnownKey?> ReadAsync(byte[] stored, TokenHash hash, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // One statement, so that the key and the last change are of one snapshot.
        var found = await (
            from key in db.ApiKeys
            join account in db.Users on key.AccountId equals account.Id
            where key.Hash == stored
            select new
            {
                Key = new VerifiedApiKey(
                    key.Id, account.Id, account.Email!, account.MessagesPerSecond, key.Label, key.Hint, key.CreatedAt, key.ExpiresAt)
                {
                    Access = key.Access,
                    LineId = key.LineId,
                },
                key.Networks,
                key.DeletedAt,
                key.PausedAt,
                key.FirstUsedAt,
                account.DisabledAt,
                LastChange = db.KeyChanges.Max(change => (long?)change.Sequence),
                StampOfLastChange = db.KeyChanges.OrderByDescending(change => change.Sequence).Select(change => (long?)change.Stamp).FirstOrDefault(),
            }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var known = new KnownKey(
            found.Key with { Networks = NetworkList.FromStored(found.Networks) },
            IsDeleted: found.DeletedAt is not null,
            IsPaused: found.PausedAt is not null,
            IsAccountDisabled: found.DisabledAt is not null,
            IsUsed: found.FirstUsedAt is not null);
        if (known.IsUsed)
        {
            cache.Remember(hash, known, new ChangePosition(found.LastChange ?? 0, found.StampOfLastChange ?? 0));
        }

        return known;
    }

    private ApiKeyVerification Decide(KnownKey? known, CallDemand demand)
    {
        var now = clock.GetUtcNow();
        return known switch
        {
            null => new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown),
            { IsDeleted: true } => new ApiKeyVerification.Refused(ApiKeyRefusal.Deleted, known.Key.Id),
            _ when now >= known.Key.ExpiresAt => new ApiKeyVerification.Refused(ApiKeyRefusal.Expired, known.Key.Id),
            { IsAccountDisabled: true } => new ApiKeyVerification.Refused(ApiKeyRefusal.AccountDisabled, known.Key.Id),
            { IsPaused: true } => new ApiKeyVerification.Refused(ApiKeyRefusal.Paused, known.Key.Id),
            _ => Decide(new ApiKeyVerification.Accepted(known.Key, now), demand),
        };
    }

    private static ApiKeyVerification Decide(ApiKeyVerification.Accepted live, CallDemand demand) =>
        demand.Exceeds(live.Key) is { } refusal ? new ApiKeyVerification.Refused(refusal, live.Key.Id, live) : live;

    /// <summary>Records that the key is used before the call is allowed, so that replacing the token of an unused key is safe.</summary>
    /// <returns>False when the key has another token by now.</returns>
    private async Task<bool> MarkAsUsedAsync(ApiKeyVerification.Accepted accepted, byte[] stored, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var current = db.ApiKeys.Where(key => key.Id == accepted.Key.Id && key.Hash == stored);
        var marked = await current.Where(key => key.FirstUsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.FirstUsedAt, accepted.At), cancellationToken);
        // Another call of the same moment may have been the first.
        return marked > 0 || await current.AnyAsync(cancellationToken);
    }
}
