using Microsoft.Extensions.Options;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Jobs;

/// <summary>
/// Runs a job by itself that Hangfire should have run. Hangfire goes by the clock of the machine and by its own file; reminders and
/// mails must go out also when the clock was set back and when that file is gone, full or locked.
/// </summary>
public sealed class JobWatch(
    DashboardJobs jobs, RecurringJobs recurring, JobHeartbeat pulse, IOptions<JobOptions> options, TimeProvider clock, ILogger<JobWatch> logger)
        : BackgroundService
{
    /// <summary>How much later than its time a job may run, and how long after the start those that run at the start.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(new[]
    {
        new Watched(ReminderSweep.JobId, options.Value.SweepEvery, AfterStart, jobs.SweepAsync),
        new Watched(AutoDeleteSweep.JobId, options.Value.SweepEvery, AfterStart, jobs.EndRotationsAsync),
        new Watched(MailDispatch.JobId, TimeSpan.FromMinutes(1), AfterStart, jobs.DispatchAsync),
        new Watched(MailCleanUp.JobId, TimeSpan.FromHours(25), TimeSpan.FromHours(25), jobs.CleanUpAsync),
        new Watched(UsageCleanUp.JobId, TimeSpan.FromHours(25), TimeSpan.FromHours(25), jobs.CleanUpUsageAsync),
    }.Select(job => WatchAsync(job, stoppingToken)));

    /// <summary>One at a time of each, and none waits for another: mails that go out for an hour hold up no sweep.</summary>
    private async Task WatchAsync(Watched job, CancellationToken stoppingToken)
    {
        var own = 0;
        using var timer = new PeriodicTimer(LooksEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (pulse.QuietFor(job.Id) < job.MayBeQuietFor(pulse.CountRuns(job.Id)))
            {
                continue;
            }

            if (own == 0 || pulse.CountRuns(job.Id) > own)
            {
                // Once, until Hangfire has run it again.
                logger.LogWarning("Hangfire has not run the job {Job} in time. It runs without Hangfire until then", job.Id);
                RegisterAgain();
            }

            await RunAsync(job, stoppingToken);
            own = pulse.CountRuns(job.Id);
        }
    }

    private async Task RunAsync(Watched job, CancellationToken stoppingToken)
    {
        try
        {
            await job.RunAsync(stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "The job {Job} failed", job.Id);
        }
    }

    /// <summary>For the case that someone deleted Hangfire's file, or that the clock was set back.</summary>
    private void RegisterAgain()
    {
        try
        {
            recurring.Register();
        }
        catch (Exception failure)
        {
            logger.LogWarning("Hangfire could not start the jobs: {Reason}", failure.Message);
        }
    }

    private sealed record Watched(string Id, TimeSpan Every, TimeSpan AfterStart, Func<CancellationToken, Task> RunAsync)
    {
        public TimeSpan MayBeQuietFor(int runs) => runs == 0 ? AfterStart : Every + Patience;
    }
}
