using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PostmanDashboard.Admin.Health;

/// <summary>
/// Says in the log when a check begins to fail and when it passes again, however often machines ask. What passes with a restriction
/// is said by those who know of it: the mail server that takes no mail, the clock that was set back.
/// </summary>
public sealed class HealthLog(ILogger<HealthLog> logger)
{
    private readonly ConcurrentDictionary<string, bool> failing = [];

    public void Write(HealthReport report)
    {
        foreach (var (name, entry) in report.Entries)
        {
            if (entry.Status is not HealthStatus.Unhealthy)
            {
                if (failing.TryRemove(name, out _))
                {
                    logger.LogInformation("The health check {Check} passes again", name);
                }
            }
            else if (failing.TryAdd(name, true))
            {
                logger.LogError(entry.Exception, "The health check {Check} fails: {Why}", name, entry.Description);
            }
        }
    }
}
