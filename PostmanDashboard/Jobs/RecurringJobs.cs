using Hangfire;
using Microsoft.Extensions.Options;
using PostmanDashboard.ApiKeys.Usage;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Reminders;

namespace PostmanDashboard.Jobs;

/// <summary>Every job that recurs, in one place. Registered at each start, because Hangfire keeps them in memory.</summary>
public sealed class RecurringJobs(IRecurringJobManager recurring, IOptions<JobOptions> options, TimeZoneInfo zone) : IHostedService
{
    /// <summary>A queue for each job, by its name, so that one that waits is seen at a glance.</summary>
    public static readonly string[] Queues = [ReminderSweep.JobId, MailDispatch.JobId, MailCleanUp.JobId, UsageCleanUp.JobId];

    private const string Nightly = "30 3 * * *";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var inAgency = new RecurringJobOptions { TimeZone = zone };
        // Hangfire puts a token of its own in the place of None.
        recurring.AddOrUpdate<DashboardJobs>(ReminderSweep.JobId, ReminderSweep.JobId, job => job.SweepAsync(CancellationToken.None), options.Value.SweepCron);
        recurring.AddOrUpdate<DashboardJobs>(MailDispatch.JobId, MailDispatch.JobId, job => job.DispatchAsync(CancellationToken.None), Cron.Minutely());
        recurring.AddOrUpdate<DashboardJobs>(MailCleanUp.JobId, MailCleanUp.JobId, job => job.CleanUpAsync(CancellationToken.None), Nightly, inAgency);
        recurring.AddOrUpdate<DashboardJobs>(UsageCleanUp.JobId, UsageCleanUp.JobId, job => job.CleanUpUsageAsync(CancellationToken.None), Nightly, inAgency);
        // What became due while the process was down is looked for at once.
        recurring.Trigger(ReminderSweep.JobId);
        recurring.Trigger(MailDispatch.JobId);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
