using Hangfire;
using Microsoft.Extensions.Options;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Reminders;

namespace PostmanDashboard.Jobs;

/// <summary>Every job that recurs, in one place. Registered at each start, because Hangfire keeps them in memory.</summary>
public sealed class RecurringJobs(IRecurringJobManager recurring, IOptions<JobOptions> options) : IHostedService
{
    private const string NightlyInUtc = "30 19 * * *";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Hangfire puts a token of its own in the place of None.
        recurring.AddOrUpdate<DashboardJobs>(ReminderSweep.JobId, job => job.SweepAsync(CancellationToken.None), options.Value.SweepCron);
        recurring.AddOrUpdate<DashboardJobs>(MailDispatch.JobId, job => job.DispatchAsync(CancellationToken.None), Cron.Minutely());
        recurring.AddOrUpdate<DashboardJobs>(MailCleanUp.JobId, job => job.CleanUpAsync(CancellationToken.None), NightlyInUtc);
        // What became due while the process was down is looked for at once.
        recurring.Trigger(ReminderSweep.JobId);
        recurring.Trigger(MailDispatch.JobId);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
