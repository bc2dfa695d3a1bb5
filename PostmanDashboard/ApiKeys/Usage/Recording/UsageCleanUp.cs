using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>Forgets who called with a key, 30 days after their last call, and how often it was called, after 13 months.</summary>
public sealed class UsageCleanUp(IDbContextFactory<DashboardDbContext> databases, DateTimeZone zone, TimeProvider clock)
{
    public const string JobId = "usage-clean-up";

    private const int MonthsKept = 13;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var firstDay = AgencyCalendar.DayOf(now, zone).AddMonths(-MonthsKept);
        var lastSeenBefore = now - KeyCaller.KeptFor;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.KeyCallers.Where(caller => caller.LastSeenAt < lastSeenBefore).ExecuteDeleteAsync(cancellationToken);
        await db.KeyCallDays.Where(day => day.Day < firstDay).ExecuteDeleteAsync(cancellationToken);
    }
}
