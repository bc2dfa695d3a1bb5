using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Jobs;
using PostmanDashboard.Jobs.ClockChanges;

namespace PostmanDashboard.Admin.Health;

/// <summary>Healthy while reminders were looked for within the last three periods of <c>Jobs:SweepEvery</c>.</summary>
public sealed class SweepHealthCheck(JobRuns runs, IOptions<JobOptions> options, TimeProvider clock) : IHealthCheck
{
    private const int Periods = 3;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var last = await runs.FindAsync(ReminderSweep.JobId, cancellationToken);
        var ago = clock.GetUtcNow() - last?.FinishedAt;
        return ago switch
        {
            null => HealthCheckResult.Unhealthy("Reminders have never been checked."),
            _ when ago > options.Value.SweepEvery * Periods => HealthCheckResult.Unhealthy("The reminder check is overdue."),
            _ when ago < -ClockWatch.Tolerance => HealthCheckResult.Unhealthy("Reminders have not been checked since the server's clock was set back."),
            _ => HealthCheckResult.Healthy(),
        };
    }
}
