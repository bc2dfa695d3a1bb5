using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Messages.HeldBack;

/// <summary>Lists addresses that are held back, the latest first, and releases them.</summary>
public sealed class HeldAddressLists(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock, ILogger<HeldAddressLists> logger)
{
    public const int PageSize = 25;

    /// <summary>No more are counted.</summary>
    public const int MaxCounted = 10_000;

    /// <param name="accountId">Null for those of all accounts.</param>
    /// <param name="searchText">A part of the address, in whatever case. Null or empty for all.</param>
    /// <param name="after">The last one of the page before. Null for the first page.</param>
    public async Task<HeldAddressPage> ListAsync(Guid? accountId, string? searchText, HeldPosition? after, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = Find(db, accountId, searchText);
        var lines = await Describe(db, After(found, after).Take(PageSize + 1)).ToListAsync(cancellationToken);
        var counted = await After(found, null).Take(MaxCounted + 1).CountAsync(cancellationToken);
        return new HeldAddressPage([.. lines.Take(PageSize)], lines.Count > PageSize, counted);
    }

    /// <param name="accountId">Whose they must be. Null for an administrator, who may release those of all accounts.</param>
    /// <param name="by">The account that releases them.</param>
    /// <returns>How many were held back until now.</returns>
    public async Task<int> ReleaseAsync(Guid? accountId, IReadOnlyList<Guid> ids, Guid by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var released = await db.HeldAddresses
            .Where(held => EF.Parameter(ids).Contains(held.Id) && held.IsHeld && (accountId == null || held.AccountId == accountId))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(held => held.IsHeld, false)
                    .SetProperty(held => held.ReleasedAt, now)
                    .SetProperty(held => held.ReleasedBy, by),
                cancellationToken);
        logger.LogInformation("Account {AccountId} released {Count} held-back addresses", by, released);
        return released;
    }

    internal static IQueryable<HeldAddress> Find(DashboardDbContext db, Guid? accountId, string? searchText)
    {
        var held = db.HeldAddresses.Where(one => one.IsHeld);
        held = accountId is { } id ? held.Where(one => one.AccountId == id) : held;
        // Normalised in C#, as the addresses were: databases disagree about case.
        var part = searchText?.Trim().ToUpperInvariant();
        return string.IsNullOrEmpty(part) ? held : held.Where(one => one.NormalizedAddress.Contains(part));
    }

    internal static IQueryable<HeldAddress> After(IQueryable<HeldAddress> found, HeldPosition? after)
    {
        if (after is not null)
        {
            found = found.Where(one => one.Since <= after.Since && (one.Since < after.Since || one.Id < after.Id));
        }

        return found.OrderByDescending(one => one.Since).ThenByDescending(one => one.Id);
    }

    private static IQueryable<HeldAddressLine> Describe(DashboardDbContext db, IQueryable<HeldAddress> page) =>
        from held in page
        join account in db.Users on held.AccountId equals account.Id
        join releaser in db.Users on held.ReleasedBy equals (Guid?)releaser.Id into releasers
        from releaser in releasers.DefaultIfEmpty()
        orderby held.Since descending, held.Id descending
        select new HeldAddressLine(held.Id, held.Address, account.Email!, held.Since, held.Reason, held.ReleasedAt, releaser.Email);
}
