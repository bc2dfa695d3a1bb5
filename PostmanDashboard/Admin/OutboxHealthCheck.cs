using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PostmanDashboard.Admin;

/// <summary>Healthy while no mail has been due for more than an hour.</summary>
public sealed class OutboxHealthCheck(MailReport report) : IHealthCheck
{
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await report.LongestOverdueAsync(cancellationToken) > Patience
            ? HealthCheckResult.Unhealthy("Mail has been due for more than an hour and was not sent.")
            : HealthCheckResult.Healthy();
}
