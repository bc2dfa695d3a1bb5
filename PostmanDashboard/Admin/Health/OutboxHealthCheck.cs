using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.Mail.Transports;

namespace PostmanDashboard.Admin.Health;

/// <summary>Healthy while no mail has been due for more than an hour. A mail server that takes no mail is degraded, which is still ready.</summary>
public sealed class OutboxHealthCheck(MailReport report, MailServer server) : IHealthCheck
{
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        // No reason to take this process out of service: pages and calls work, and another one would have the same mail server.
        server.Trouble is { } trouble
            ? HealthCheckResult.Degraded($"The mail server has accepted no mail since {trouble.Since:yyyy-MM-dd'T'HH:mm:ss'Z'}. Mails are waiting.")
            : await report.LongestOverdueAsync(cancellationToken) > Patience
            ? HealthCheckResult.Unhealthy("Mail has been due for more than an hour and was not sent.")
            : HealthCheckResult.Healthy();
}
