using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Database;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>What counts calls and shows what was counted, on a database and a clock of a test's own.</summary>
public sealed class TestUsage : IDisposable
{
    public TestUsage(string zone = "Asia/Singapore") => Keys = new TestKeys(zone: zone);

    public TestKeys Keys { get; }

    public TestDatabase Database => Keys.Database;

    public FakeTimeProvider Clock => Keys.Clock;

    public KeyUsageReport Evidence => Keys.Get<KeyUsageReport>();

    /// <summary>Another one is what another process on the same database would have.</summary>
    public CallRecorder CreateCollector(IDbContextFactory<DashboardDbContext>? databases = null) =>
        Keys.Create<CallRecorder>(Keys.Create<CallWriter>(databases ?? Database));

    public async Task<IReadOnlyList<KeyCallDay>> ReadDaysAsync()
    {
        await using var db = Database.CreateDbContext();
        return await db.KeyCallDays.AsNoTracking().OrderBy(day => day.Day).ThenBy(day => day.Outcome).ToListAsync();
    }

    public async Task<IReadOnlyList<KeyCaller>> ReadCallersAsync()
    {
        await using var db = Database.CreateDbContext();
        return await db.KeyCallers.AsNoTracking().OrderBy(caller => caller.Address).ThenBy(caller => caller.UserAgent).ToListAsync();
    }

    public void Dispose() => Keys.Dispose();
}
