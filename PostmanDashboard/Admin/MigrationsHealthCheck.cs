using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostmanDashboard.Data;

namespace PostmanDashboard.Admin;

/// <summary>Healthy while the database is the one that this program was built for.</summary>
public sealed class MigrationsHealthCheck(IDbContextFactory<DashboardDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var pending = await db.Database.GetPendingMigrationsAsync(cancellationToken);
        return pending.Any() ? HealthCheckResult.Unhealthy("Migrations are not applied.") : HealthCheckResult.Healthy();
    }
}
