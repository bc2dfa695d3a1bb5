using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostmanDashboard.Jobs.ClockChanges;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Admin.Health;

/// <summary>Says for a day that the clock was set back: by which of the two clocks keys expire, only people can know.</summary>
/// <remarks>Unhealthy only while what follows from it isn't put right. The program does its work then, by the clock that it has.</remarks>
public sealed class ClockHealthCheck(ClockWatch watch) : IHealthCheck
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var isCorrected = watch.Look() is null;
        if (watch.WithinLast(Remembered) is not { } setBack)
        {
            return Task.FromResult(HealthCheckResult.Healthy());
        }

        var said = $"The server's clock was set back by {RelativeTime.FormatLength(setBack.By)}.";
        return Task.FromResult(isCorrected
            ? HealthCheckResult.Degraded($"{said} Check it: keys expire and reminders go out by it.")
            : HealthCheckResult.Unhealthy($"{said} Reminders and mails are being corrected."));
    }
}
