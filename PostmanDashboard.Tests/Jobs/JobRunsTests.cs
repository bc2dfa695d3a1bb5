using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Jobs;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Jobs;

public sealed class JobRunsTests : IDisposable
{
    private readonly TestReminders reminders = new();

    [Fact]
    public async Task A_job_that_never_ran_is_not_known() => Assert.Null(await FindAsync());

    [Fact]
    public async Task A_run_is_remembered_also_when_it_found_nothing()
    {
        await reminders.SweepAsync();

        var run = await FindAsync();
        Assert.Equal((TestClock.Start, TestClock.Start, 0, null, 0), (run!.StartedAt, run.FinishedAt, run.Handled, run.CaughtUpAt, run.CaughtUp));
    }

    [Fact]
    public async Task What_was_late_is_remembered_until_something_is_late_again()
    {
        var key = await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync());
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        reminders.Clock.Advance(ReminderSweep.Punctual);
        await reminders.SweepAsync();
        Assert.Equal((1, 0), ((await FindAsync())!.Handled, (await FindAsync())!.CaughtUp));

        await reminders.GoToAsync(key, ReminderStage.TwoWeeks);
        reminders.Clock.Advance(ReminderSweep.Punctual + TimeSpan.FromTicks(1));
        var late = reminders.Clock.GetUtcNow();
        await reminders.SweepAsync();
        reminders.Clock.Advance(TimeSpan.FromMinutes(5));
        await reminders.SweepAsync();

        var run = await FindAsync();
        Assert.Equal((0, late, 1, late.AddMinutes(5)), (run!.Handled, run.CaughtUpAt, run.CaughtUp, run.FinishedAt));
    }

    [Fact]
    public async Task Runs_that_end_at_once_leave_one_row()
    {
        await Together.RunAsync(8, async number =>
        {
            await reminders.Runs.RecordAsync("job", reminders.Clock.GetUtcNow(), handled: number, caughtUp: 0, CancellationToken.None);
            return number;
        });

        await using var db = reminders.Database.CreateDbContext();
        Assert.Equal("job", Assert.Single(db.JobRuns).JobId);
    }

    public void Dispose() => reminders.Dispose();

    private Task<JobRun?> FindAsync() => reminders.Runs.FindAsync(ReminderSweep.JobId, CancellationToken.None);
}
