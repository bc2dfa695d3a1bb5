using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Usage.Panel;

/// <summary>Who called with an account's keys, and what became of it; those of its keys that expired or were deleted included.</summary>
/// <remarks>A call shows within <see cref="CallRecorder.WriteAfter"/>; only that a key was used at all is known at once.</remarks>
public sealed class KeyUsageReport(IDbContextFactory<DashboardDbContext> databases, DateTimeZone zone, TimeProvider clock)
{
    /// <summary>How many days <see cref="FindAsync"/> tells about, today included.</summary>
    public const int Days = 30;

    /// <returns>Null when the account never had such a key.</returns>
    public async Task<KeyUse?> FindAsync(Guid accountId, Guid keyId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = AgencyCalendar.DayOf(now, zone);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var own = db.ApiKeys.Where(key => key.Id == keyId && key.AccountId == accountId);
        var use = await own.Select(key => new { key.FirstUsedAt, key.LastUsedAt, key.LastUsedFrom, key.LastUsedBy }).SingleOrDefaultAsync(cancellationToken);
        return use is null ? null : new KeyUse(
            use.FirstUsedAt,
            use.LastUsedAt,
            use.LastUsedFrom,
            use.LastUsedBy,
            await CallsByDayAsync(db, own, today.AddDays(1 - Days), today, cancellationToken),
            await FindCallersAsync(db, own, now - KeyCaller.KeptFor, cancellationToken));
    }

    /// <param name="since">Only who called at or after this. Callers are kept for <see cref="KeyCaller.KeptFor"/>.</param>
    /// <returns>The last to call first, <see cref="SeenCaller.IsOthers"/> at the end. Empty when the account never had such a key.</returns>
    public async Task<IReadOnlyList<SeenCaller>> FindCallersAsync(Guid accountId, Guid keyId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindCallersAsync(db, db.ApiKeys.Where(key => key.Id == keyId && key.AccountId == accountId), since, cancellationToken);
    }

    /// <summary>The callers of several keys, of which the caller knows whose they are.</summary>
    internal static async Task<ILookup<Guid, SeenCaller>> FindCallersAsync(
        DashboardDbContext db, IReadOnlyList<Guid> keyIds, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var callers = await db.KeyCallers.AsNoTracking().Where(caller => keyIds.Contains(caller.ApiKeyId) && caller.LastSeenAt >= since)
            .ToListAsync(cancellationToken);
        return callers.ToLookup(caller => caller.ApiKeyId, caller => new SeenCaller(
            caller.Address, caller.UserAgent, caller.FirstSeenAt, caller.LastSeenAt, caller.Accepted, caller.Refused));
    }

    /// <summary>The calls with all keys of the account together.</summary>
    /// <returns>Every day from the first to the last, both included, also those without calls.</returns>
    public async Task<IReadOnlyList<CallDay>> CallsByDayAsync(Guid accountId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await CallsByDayAsync(db, db.ApiKeys.Where(key => key.AccountId == accountId), from, to, cancellationToken);
    }

    private static async Task<IReadOnlyList<SeenCaller>> FindCallersAsync(
        DashboardDbContext db, IQueryable<ApiKey> keys, DateTimeOffset since, CancellationToken cancellationToken) => await (
        from key in keys
        join caller in db.KeyCallers on key.Id equals caller.ApiKeyId
        where caller.LastSeenAt >= since
        orderby caller.Address == KeyCaller.Others, caller.LastSeenAt descending, caller.Address, caller.UserAgent
        select new SeenCaller(caller.Address, caller.UserAgent, caller.FirstSeenAt, caller.LastSeenAt, caller.Accepted, caller.Refused))
        .ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<CallDay>> CallsByDayAsync(
        DashboardDbContext db, IQueryable<ApiKey> keys, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var rows = await (
            from key in keys
            join day in db.KeyCallDays on key.Id equals day.ApiKeyId
            where day.Day >= @from && day.Day <= to
            group day by new { day.Day, day.Outcome } into days
            select new { days.Key.Day, days.Key.Outcome, Calls = days.Sum(day => day.Calls) }).ToListAsync(cancellationToken);
        var calls = rows.ToDictionary(row => (row.Day, row.Outcome), row => row.Calls);
        return [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays).Select(day => new CallDay(day, new CallTotals(
            calls.GetValueOrDefault((day, KeyCallOutcome.Accepted)),
            calls.GetValueOrDefault((day, KeyCallOutcome.Expired)),
            calls.GetValueOrDefault((day, KeyCallOutcome.Deleted)),
            calls.GetValueOrDefault((day, KeyCallOutcome.AccountDisabled)))
        {
            BeyondAccess = calls.GetValueOrDefault((day, KeyCallOutcome.BeyondAccess)),
            Paused = calls.GetValueOrDefault((day, KeyCallOutcome.Paused)),
            OutsideNetworks = calls.GetValueOrDefault((day, KeyCallOutcome.OutsideNetworks)),
        }))];
    }
}
