using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Trial;

/// <summary>Looks whether a program has called with a key that was just shown. Our own test mails are no call, see <see cref="SelfCallMarker"/>.</summary>
/// <remarks>That a key was used is known at once, by whom some seconds later, and a rejected call some seconds later as well.</remarks>
public sealed class FirstCallReport(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    /// <param name="tokenHash">Whoever has the token may know what becomes of it; no account has to be asked for.</param>
    /// <returns>Null while nothing has called.</returns>
    public async Task<FirstCall?> FindAsync(byte[] tokenHash, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Hash == tokenHash, cancellationToken);
        if (key is null)
        {
            return null;
        }

        var callers = await db.KeyCallers.AsNoTracking().Where(caller => caller.ApiKeyId == key.Id).ToListAsync(cancellationToken);
        return key.FirstUsedAt is { } usedAt ? new FirstCall(usedAt, Name(callers.Where(caller => caller.Accepted > 0)), Refusal: null)
            : callers.Count > 0 ? new FirstCall(callers.Min(caller => caller.FirstSeenAt), Name(callers), await WhyAsync(db, key, cancellationToken))
            : null;
    }

    private static string? Name(IEnumerable<KeyCaller> callers) => callers.MinBy(caller => caller.FirstSeenAt) switch
    {
        null => null,
        { Address: KeyCaller.Others } => "an unknown address",
        { Address: "", UserAgent: "" } => "an unknown address",
        { Address: "" } caller => caller.UserAgent,
        { UserAgent: "" } caller => caller.Address,
        var caller => $"{caller.Address}, {caller.UserAgent}",
    };

    private async Task<string> WhyAsync(DashboardDbContext db, ApiKey key, CancellationToken cancellationToken) =>
        key.DeletedAt is not null ? "The key was deleted."
        : clock.GetUtcNow() >= key.ExpiresAt ? "The key has expired."
        : await db.Users.AnyAsync(account => account.Id == key.AccountId && account.DisabledAt != null, cancellationToken) ? "The account is disabled."
        : "The answer that the program got says why.";
}
