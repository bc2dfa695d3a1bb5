using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Charts;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Overview;

/// <summary>Puts together what an account should know when it comes in. Five reads, however many keys and calls there are.</summary>
public sealed class AccountOverview(
    IDbContextFactory<DashboardDbContext> databases,
    KeyUsageReport evidence,
    RotationReport rotationReport,
    UnreachableContacts contacts,
    AgencyTime time,
    DateTimeZone zone,
    TimeProvider clock)
{
    /// <summary>How many days of calls are shown.</summary>
    public const int Days = 30;

    /// <summary>A caller that has not used a dead key for this many days has stopped.</summary>
    public const int DaysOfDeadCalls = 7;

    public async Task<AccountSituation> DescribeAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = AgencyCalendar.DayOf(now, zone);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = await ReadKeysAsync(db, accountId, now, cancellationToken);
        var attention = new Attention(now, time);
        (await DeadButCalled(db, accountId, now, today.AddDays(1 - DaysOfDeadCalls)).ToListAsync(cancellationToken)).ForEach(attention.AddCalled);
        var rotations = await rotationReport.ListAsync(accountId, cancellationToken);
        foreach (var (rotation, old) in rotations.Join(keys, rotation => rotation.OldKeyId, key => key.Id, (rotation, old) => (rotation, old)))
        {
            attention.AddRotation(rotation, old);
        }

        // Someone who is already replacing a key needn't be told to.
        foreach (var key in keys.Where(key => key.ByTime == ApiKeyStatus.Expiring && rotations.All(rotation => rotation.OldKeyId != key.Id)))
        {
            attention.AddExpiring(key);
        }

        var unreachable = await contacts.FindAsync(accountId, cancellationToken);
        foreach (var key in keys.Where(key => key.ExpiresAt > now && unreachable.ContainsKey(key.Id)))
        {
            attention.AddUnreachable(key, unreachable[key.Id]);
        }

        var calls = await evidence.CallsByDayAsync(accountId, today.AddDays(1 - Days), today, cancellationToken);
        return new AccountSituation(keys, attention.InOrder, [.. calls.Select(day => new DayCount(day.Day, day.Calls.Accepted, day.Calls.Refused))]);
    }

    private async Task<IReadOnlyList<KeyExpiry>> ReadKeysAsync(DashboardDbContext db, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = await db.ApiKeys.OwnedBy(accountId).OrderBy(key => key.ExpiresAt).ThenBy(key => key.Id)
            .Select(key => new { key.Id, key.Label, key.Hint, key.CreatedAt, key.ExpiresAt, key.PausedAt })
            .ToListAsync(cancellationToken);
        return [.. keys.Select(key => new KeyExpiry(
            key.Id, key.Label, key.Hint, key.CreatedAt, key.ExpiresAt, ApiKey.StatusOf(key.CreatedAt, key.ExpiresAt, now, zone)) { PausedAt = key.PausedAt })];
    }

    private static IQueryable<CalledDeadKey> DeadButCalled(DashboardDbContext db, Guid accountId, DateTimeOffset now, DateOnly since) =>
        from key in db.ApiKeys
        where key.AccountId == accountId && (key.DeletedAt != null || key.ExpiresAt <= now || key.PausedAt != null || key.Networks != null)
        let calls = db.KeyCallDays
            .Where(day => day.ApiKeyId == key.Id && day.Day >= since
                && (day.Outcome == KeyCallOutcome.Expired || day.Outcome == KeyCallOutcome.Deleted
                    || (day.Outcome == KeyCallOutcome.Paused && key.PausedAt != null && key.DeletedAt == null && key.ExpiresAt > now)
                    || (day.Outcome == KeyCallOutcome.OutsideNetworks && key.Networks != null && key.DeletedAt == null && key.ExpiresAt > now)))
            .Sum(day => day.Calls)
        where calls > 0
        select new CalledDeadKey(
            key.Id,
            key.Label,
            key.Hint,
            key.ExpiresAt,
            key.DeletedAt,
            key.PausedAt,
            key.Networks,
            calls,
            db.KeyCallers.Where(caller => caller.ApiKeyId == key.Id && caller.Refused > 0)
                .OrderByDescending(caller => caller.LastSeenAt).Select(caller => caller.Address).ToList());
}
