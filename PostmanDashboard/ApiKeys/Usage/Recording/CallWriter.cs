using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>Adds counted calls to what the database knows of the keys: all of them, with the notices that they call for, or none.</summary>
public sealed class CallWriter(IDbContextFactory<DashboardDbContext> databases, DeadKeyNotices notices, Outbox outbox, TimeProvider clock)
{
    internal async Task WriteAsync(IEnumerable<KeyCallCounts> tallies, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        Dictionary<Guid, KeyCallCounts> taken = [];
        // In one order everywhere: two processes that took the same keys in different orders would wait for each other.
        foreach (var tally in tallies.OrderBy(tally => tally.KeyId))
        {
            if (await UpdateKeyAsync(db, tally, cancellationToken))
            {
                taken.Add(tally.KeyId, tally);
            }
        }

        await AddDaysAsync(db, taken, cancellationToken);
        await AddCallersAsync(db, taken, cancellationToken);
        var told = await notices.AddAsync(db, [.. taken.Values], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (told)
        {
            outbox.Wake();
        }
    }

    /// <summary>
    /// Writes the last use, unless a later one is known that isn't from before the clock was set back, and holds the key's row
    /// until the end of the transaction, whether anything
    /// in it changes or not: what another process counts of this key is added before or after, never in between.
    /// </summary>
    /// <returns>False when there is no such key.</returns>
    private async Task<bool> UpdateKeyAsync(DashboardDbContext db, KeyCallCounts tally, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var at = tally.LastUse?.At;
        var from = NullIfEmpty(tally.LastUse?.Caller.Address);
        var by = NullIfEmpty(tally.LastUse?.Caller.UserAgent);
        return await db.ApiKeys.Where(key => key.Id == tally.KeyId).ExecuteUpdateAsync(
            set => set
                .SetProperty(key => key.LastUsedAt, key => key.LastUsedAt == null || key.LastUsedAt < at || (at != null && key.LastUsedAt > now) ? at
                    : key.LastUsedAt)
                .SetProperty(key => key.LastUsedFrom, key => key.LastUsedAt == null || key.LastUsedAt < at || (at != null && key.LastUsedAt > now) ? from
                    : key.LastUsedFrom)
                .SetProperty(key => key.LastUsedBy, key => key.LastUsedAt == null || key.LastUsedAt < at || (at != null && key.LastUsedAt > now) ? by
                    : key.LastUsedBy),
            cancellationToken) > 0;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static async Task AddDaysAsync(DashboardDbContext db, Dictionary<Guid, KeyCallCounts> tallies, CancellationToken cancellationToken)
    {
        var days = tallies.Values.SelectMany(tally => tally.Days.Keys).Select(key => key.Day).Distinct().ToList();
        var ids = tallies.Keys.ToList();
        var known = await db.KeyCallDays.Where(day => ids.Contains(day.ApiKeyId) && days.Contains(day.Day))
            .ToDictionaryAsync(day => (day.ApiKeyId, day.Day, day.Outcome), cancellationToken);
        foreach (var tally in tallies.Values)
        {
            foreach (var ((day, outcome), calls) in tally.Days)
            {
                if (known.TryGetValue((tally.KeyId, day, outcome), out var row))
                {
                    row.Calls += calls;
                }
                else
                {
                    db.KeyCallDays.Add(new KeyCallDay { ApiKeyId = tally.KeyId, Day = day, Outcome = outcome, Calls = calls });
                }
            }
        }
    }

    private async Task AddCallersAsync(DashboardDbContext db, Dictionary<Guid, KeyCallCounts> tallies, CancellationToken cancellationToken)
    {
        var ids = tallies.Keys.ToList();
        var rows = await db.KeyCallers.Where(caller => ids.Contains(caller.ApiKeyId)).ToListAsync(cancellationToken);
        var known = rows.ToLookup(caller => caller.ApiKeyId);
        foreach (var tally in tallies.Values)
        {
            var callers = new KnownCallers(tally.KeyId, known[tally.KeyId], clock.GetUtcNow());
            // Those who came first are told apart, where there isn't room for all.
            foreach (var (caller, calls) in tally.Callers.OrderBy(caller => caller.Value.FirstAt))
            {
                callers.Add(caller, calls);
            }

            db.KeyCallers.AddRange(callers.New);
        }
    }
}
