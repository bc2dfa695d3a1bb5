using System.ComponentModel;
using Hangfire;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Jobs.History;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages;

namespace PostmanDashboard.Jobs;

/// <summary>What administrators see running, under names that they understand. Each job is safe to run late, twice and side by side.</summary>
/// <remarks>None is tried again by Hangfire: each recurs anyway, and takes up whatever a failed run left.</remarks>
[AutomaticRetry(Attempts = 0)]
[ExpireFailedJobs]
public sealed class DashboardJobs(
    ReminderSweep sweep,
    AutoDeleteSweep rotations,
    JobRuns runs,
    MailDispatch dispatch,
    MailCleanUp mails,
    MessageCleanUp messages,
    UsageCleanUp calls,
    JobHeartbeat pulse,
    IHostApplicationLifetime lifetime)
{
    [DisplayName("Check for due reminders")]
    [DisableConcurrentExecution(timeoutInSeconds: 60)]
    public Task SweepAsync(CancellationToken cancellationToken) => pulse.RunAsync(ReminderSweep.JobId, async () =>
    {
        var (startedAt, queued, late) = await sweep.RunAsync(cancellationToken);
        await runs.RecordAsync(ReminderSweep.JobId, startedAt, queued, late, cancellationToken);
    });

    [DisplayName("Delete replaced keys that are safe to delete")]
    public Task EndRotationsAsync(CancellationToken cancellationToken) => pulse.RunAsync(AutoDeleteSweep.JobId, () => rotations.RunAsync(cancellationToken));

    [DisplayName("Send waiting mails")]
    public async Task DispatchAsync(CancellationToken cancellationToken)
    {
        // Hangfire's own token comes only when its patience with a stopping process is over. What waits is sent after the next start.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await pulse.RunAsync(MailDispatch.JobId, () => dispatch.RunIdleSendersAsync(stopping.Token));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped between two mails.
        }
    }

    [DisplayName("Erase the bodies of old mails")]
    public Task CleanUpAsync(CancellationToken cancellationToken) => pulse.RunAsync(MailCleanUp.JobId, async () =>
    {
        await mails.RunAsync(cancellationToken);
        await messages.RunAsync(cancellationToken);
    });

    [DisplayName("Delete old call records")]
    public Task CleanUpUsageAsync(CancellationToken cancellationToken) => pulse.RunAsync(UsageCleanUp.JobId, () => calls.RunAsync(cancellationToken));
}
