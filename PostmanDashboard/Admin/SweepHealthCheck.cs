using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using PostmanDashboard.Jobs;
using PostmanDashboard.Reminders;

namespace PostmanDashboard.Admin;

/// <summary>Healthy while reminders were looked for within the last three periods of <c>Jobs:SweepEvery</c>.</summary>
public sealed class SweepHealthCheck(JobRuns runs, IOptions<JobOptions> options, TimeProvider clock) : IHealthCheck
{
    private const int Periods = 3;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var last = await runs.FindAsync(ReminderSweep.JobId, cancellationToken);
        return last is null
            ? HealthCheckResult.Unhealthy("Reminders were never looked for.")
            : clock.GetUtcNow() - last.FinishedAt > options.Value.SweepEvery * Periods
                ? HealthCheckResult.Unhealthy("Reminders have not been looked for in time.")
                : HealthCheckResult.Healthy();
    }
}
