using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Jobs;
using PostmanDashboard.Jobs.ClockChanges;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Jobs;

/// <summary>Reminders and mails go out by time that passes, also where Hangfire runs nothing.</summary>
[Collection(RunsHangfire.Name)]
public sealed class JobWatchTests : AsyncLifetime, IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);

    private readonly UnsteadyClock clock = new();
    private readonly DashboardApplication app;

    public JobWatchTests()
    {
        app = new DashboardApplication { Clock = clock, JobStorage = new NoJobStorage(), Logs = new RecordingLogs(), Settings = { ["Jobs:Enabled"] = "true" } };
        using var starts = app.CreateClient();
    }

    protected override async Task TearDownAsync() => await app.DisposeAsync();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task Whatever_Hangfire_fails_with_jobs_run_soon_after_the_start_and_then_in_their_periods()
    {
        await WaitForSweepAsync(after: TestClock.Start);
        var first = (await FindSweepAsync())!.StartedAt;
        Assert.InRange(first - TestClock.Start, TimeSpan.Zero, SweepEvery);

        await WaitForSweepAsync(after: first);

        Assert.InRange((await FindSweepAsync())!.StartedAt - first, SweepEvery, 3 * SweepEvery);
        Assert.Single(Warnings(), line => line.Contains("Hangfire has not run the job reminders in time.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200 * 24)]
    public async Task Sweeps_continue_when_the_clock_is_set_back(int hours)
    {
        clock.SetForward(TimeSpan.FromHours(hours));
        await WaitForSweepAsync(after: TestClock.Start);

        clock.SetBack(TimeSpan.FromHours(hours));
        await WaitForAsync(async () => (await FindSweepAsync())!.FinishedAt <= clock.GetUtcNow());
        var last = (await FindSweepAsync())!.StartedAt;
        await WaitForSweepAsync(after: last);

        Assert.InRange((await FindSweepAsync())!.StartedAt - last, SweepEvery, 3 * SweepEvery);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_is_said_to_machines_and_in_the_log()
    {
        await WaitForSweepAsync(after: TestClock.Start);
        Assert.Equal((HttpStatusCode.OK, ""), await AskAsync());

        clock.SetBack(TimeSpan.FromHours(3));
        var (status, words) = await AskAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("The server's clock was set back by 3 hours.", words, StringComparison.Ordinal);

        await WaitForAsync(async () => (await AskAsync()).Status == HttpStatusCode.OK);
        Assert.Contains("The server's clock was set back by 3 hours. Check it", (await AskAsync()).Words, StringComparison.Ordinal);
        Assert.Single(Warnings(), line => line.Contains("was set back by 3 hours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_signed_in_while_the_clock_was_ahead_signs_in_again()
    {
        using var mei = new Visitor(app);
        clock.SetForward(TimeSpan.FromDays(200));
        await WaitForSweepAsync(after: TestClock.Start);
        await mei.SignInAsync("mei@agency.gov.sg");
        Assert.True(await mei.IsSignedInAsync());

        clock.SetBack(TimeSpan.FromDays(200));
        Assert.False(await mei.IsSignedInAsync());
        await WaitForAsync(() => Task.FromResult(app.Services.GetRequiredService<ClockWatch>().Look() is null));

        await mei.SignInAsync("mei@agency.gov.sg");
        Assert.True(await mei.IsSignedInAsync());
    }

    /// <summary>Lets time pass until a sweep has begun later than that.</summary>
    private Task WaitForSweepAsync(DateTimeOffset after) => WaitForAsync(async () => await FindSweepAsync() is { } sweep && sweep.StartedAt > after);

    /// <remarks>In steps of the watch, and slowly: what it starts runs beside the test.</remarks>
    private Task WaitForAsync(Func<Task<bool>> condition) => Patience.UntilAsync(
        async () =>
        {
            if (await condition())
            {
                return true;
            }

            clock.Advance(JobWatch.LooksEvery);
            return false;
        },
        () => $"It doesn't happen. The log says:\n{string.Join('\n', Warnings())}");

    private IEnumerable<string> Warnings() => app.Logs!.Text.Split('\n').Where(line =>
        line.StartsWith("Warning PostmanDashboard.Jobs", StringComparison.Ordinal) || line.StartsWith("Error PostmanDashboard.Jobs", StringComparison.Ordinal));

    private Task<JobRun?> FindSweepAsync() => app.Services.GetRequiredService<JobRuns>().FindAsync(ReminderSweep.JobId, CancellationToken.None);

    private async Task<(HttpStatusCode Status, string Words)> AskAsync()
    {
        using var client = app.CreateClient();
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        var words = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, words.Contains("\"status\":\"Healthy\",\"checks\"", StringComparison.Ordinal) ? "" : words);
    }
}
