using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>Writes what calls leave behind, for tests that are not about how it is collected.</summary>
public static class KeyTraces
{
    public static async Task AddCallsAsync(this IDbContextFactory<DashboardDbContext> databases, Guid key, DateOnly day, KeyCallOutcome outcome, long calls)
    {
        await using var db = await databases.CreateDbContextAsync();
        db.KeyCallDays.Add(new KeyCallDay { ApiKeyId = key, Day = day, Outcome = outcome, Calls = calls });
        await db.SaveChangesAsync();
    }

    public static async Task AddCallerAsync(
        this IDbContextFactory<DashboardDbContext> databases, Guid key, string address, DateTimeOffset at, long accepted = 0, long refused = 0)
    {
        await using var db = await databases.CreateDbContextAsync();
        db.KeyCallers.Add(new KeyCaller
        {
            ApiKeyId = key,
            Address = address,
            UserAgent = "curl/8.5",
            FirstSeenAt = at,
            LastSeenAt = at,
            Accepted = accepted,
            Refused = refused,
        });
        await db.SaveChangesAsync();
    }

    /// <summary>A first and, so far, only use.</summary>
    public static async Task NoteUseAsync(this IDbContextFactory<DashboardDbContext> databases, Guid key, DateTimeOffset at, string from = "192.0.2.9")
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.ApiKeys.Where(row => row.Id == key).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.FirstUsedAt, at)
            .SetProperty(row => row.LastUsedAt, at)
            .SetProperty(row => row.LastUsedFrom, from));
    }

    public static async Task AddRotationAsync(this IDbContextFactory<DashboardDbContext> databases, Guid account, Guid oldKey, Guid newKey, DateTimeOffset at)
    {
        await using var db = await databases.CreateDbContextAsync();
        db.KeyRotations.Add(new KeyRotation { AccountId = account, OldKeyId = oldKey, NewKeyId = newKey, StartedAt = at });
        await db.SaveChangesAsync();
    }
}
