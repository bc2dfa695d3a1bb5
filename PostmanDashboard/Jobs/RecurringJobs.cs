using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.Options;
using NodaTime;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Jobs;

/// <summary>Every job that recurs, in one place. Registered at each start, because what Hangfire keeps of them may be old, damaged or gone.</summary>
public sealed class RecurringJobs(
    IRecurringJobManager recurring, JobStorage storage, IOptions<JobOptions> options, DateTimeZone zone, ILogger<RecurringJobs> logger) : IHostedService
{
    /// <summary>A queue for each job, by its name, so that one that waits is seen at a glance.</summary>
    public static readonly string[] Queues = [ReminderSweep.JobId, AutoDeleteSweep.JobId, MailDispatch.JobId, MailCleanUp.JobId, UsageCleanUp.JobId];

    private const string Nightly = "30 3 * * *";

    /// <summary>No job pauses for longer: a day, and an hour where clocks go back.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(25);

    /// <summary>Puts all of them on Hangfire's list, as if for the first time where what it has of one can't be.</summary>
    public void Register()
    {
        foreach (var job in Queues.Except(FindSound()))
        {
            recurring.RemoveIfExists(job);
        }

        var inAgency = new RecurringJobOptions { TimeZone = FindSystemZone() };
        // Hangfire replaces None with its own token.
        recurring.AddOrUpdate<DashboardJobs>(ReminderSweep.JobId, ReminderSweep.JobId, job => job.SweepAsync(CancellationToken.None), options.Value.SweepCron);
        recurring.AddOrUpdate<DashboardJobs>(
            AutoDeleteSweep.JobId, AutoDeleteSweep.JobId, job => job.EndRotationsAsync(CancellationToken.None), options.Value.SweepCron);
        recurring.AddOrUpdate<DashboardJobs>(MailDispatch.JobId, MailDispatch.JobId, job => job.DispatchAsync(CancellationToken.None), Cron.Minutely());
        recurring.AddOrUpdate<DashboardJobs>(MailCleanUp.JobId, MailCleanUp.JobId, job => job.CleanUpAsync(CancellationToken.None), Nightly, inAgency);
        recurring.AddOrUpdate<DashboardJobs>(UsageCleanUp.JobId, UsageCleanUp.JobId, job => job.CleanUpUsageAsync(CancellationToken.None), Nightly, inAgency);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Register();
            // What became due while the process was down is looked for at once.
            recurring.Trigger(ReminderSweep.JobId);
            recurring.Trigger(MailDispatch.JobId);
        }
        catch (Exception failure)
        {
            // Whatever Hangfire fails with: the jobs run all the same, see JobWatch.
            logger.LogError(failure, "Hangfire could not start the jobs");
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

#pragma warning disable RS0030 // Hangfire takes nothing else, and all that it decides is when the nightly jobs run.
    /// <returns>The agency's zone as the machine knows it; UTC where it doesn't.</returns>
    private TimeZoneInfo FindSystemZone() => TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out var known) ? known : TimeZoneInfo.Utc;
#pragma warning restore RS0030

    /// <returns>
    /// The jobs that Hangfire knows everything about, with nothing in the future: a process may have been killed while it wrote, or have
    /// written by another clock.
    /// </returns>
    private List<string> FindSound()
    {
        // By the machine's clock, as Hangfire.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        using var connection = storage.GetConnection();
        return
        [
            .. connection.GetRecurringJobs()
                .Where(job => !job.Removed && job.LoadException is null && job.Error is null)
                .Where(job => job.NextExecution <= now + LongestPause && !(job.LastExecution > now) && !(job.CreatedAt > now))
                .Select(job => job.Id),
        ];
    }
}
