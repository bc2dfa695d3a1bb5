using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Jobs.ClockChanges;

/// <summary>Puts right what follows from a clock that was set back, at the start and while the process runs.</summary>
public sealed class ClockGuard(
    ClockWatch watch, ClockCorrection correction, RecurringJobs recurring, DashboardJobs jobs, JobRuns runs, TimeProvider clock, ILogger<ClockGuard> logger)
    : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var lastSweep = await runs.FindAsync(ReminderSweep.JobId, cancellationToken);
        if (lastSweep?.FinishedAt - clock.GetUtcNow() is { } ahead && ahead > ClockWatch.Tolerance)
        {
            watch.Note(ahead);
            await CorrectAsync(ahead, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(JobWatch.LooksEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (watch.Look() is { } by && await CorrectAsync(by, stoppingToken))
            {
                await RunAgainAsync(stoppingToken);
            }
        }
    }

    /// <returns>False when it failed, and is tried again.</returns>
    private async Task<bool> CorrectAsync(TimeSpan by, CancellationToken cancellationToken)
    {
        try
        {
            logger.LogWarning("The clock of this machine was set back by {Distance}. Check it: keys expire and reminders go out by it.",
                RelativeTime.FormatLength(by));
            await correction.RunAsync(cancellationToken);
            watch.MarkCorrected();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "Reminders and mails could not be corrected after the clock was set back. Trying again.");
            return false;
        }
    }

    /// <summary>At once, and not when the clock comes to where it was.</summary>
    private async Task RunAgainAsync(CancellationToken cancellationToken)
    {
        try
        {
            recurring.Register();
            await jobs.SweepAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "The jobs could not be run after the clock was set back. They run when they are due again.");
        }
    }
}
