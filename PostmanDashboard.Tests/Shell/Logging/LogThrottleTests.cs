using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.Shell.Logging;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Logging;

public sealed class LogThrottleTests : IDisposable
{
    private readonly FakeTimeProvider clock = TestClock.Create();
    private readonly RecordingLogs logs = new();
    private readonly ILogger logger;
    private readonly LogThrottle throttle;

    public LogThrottleTests() => (logger, throttle) = (logs.CreateLogger("Test"), new LogThrottle(clock));

    [Fact]
    public void The_first_is_written_at_once_and_the_others_are_counted_when_the_minute_is_over()
    {
        Write("disk", 1000);
        Assert.Equal(["Warning Test: disk"], Lines);

        clock.Advance(LogThrottle.Interval);

        Assert.Equal(["Warning Test: disk", "Warning Test: disk (999 more in the last minute)"], Lines);
    }

    [Fact]
    public void What_continues_for_an_hour_is_a_line_a_minute()
    {
        for (var second = 0; second < 3600; second++)
        {
            Write("disk", 10);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(61, Lines.Count);
    }

    [Fact]
    public void One_reason_takes_nothing_from_another()
    {
        Write("disk", 2);
        Write("key", 1);

        Assert.Equal(["Warning Test: disk", "Warning Test: key"], Lines);
    }

    [Fact]
    public void After_a_quiet_minute_the_next_is_written_at_once()
    {
        Write("disk", 1);
        clock.Advance(LogThrottle.Interval);
        Write("disk", 1);

        Assert.Equal(["Warning Test: disk", "Warning Test: disk"], Lines);
    }

    [Fact]
    public void What_was_counted_is_written_when_the_process_stops()
    {
        Write("disk", 3);

        throttle.Dispose();

        Assert.Equal("Warning Test: disk (2 more in the last minute)", Lines[^1]);
    }

    [Fact]
    public async Task A_thousand_at_once_are_one_line_and_a_count()
    {
        await Together.RunAsync(1000, _ =>
        {
            Write("disk", 1);
            return Task.FromResult(true);
        });
        clock.Advance(LogThrottle.Interval);

        Assert.Equal(["Warning Test: disk", "Warning Test: disk (999 more in the last minute)"], Lines);
    }

    public void Dispose()
    {
        throttle.Dispose();
        logs.Dispose();
    }

    private IReadOnlyList<string> Lines => [.. logs.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())];

    private void Write(string reason, int times)
    {
        for (var time = 0; time < times; time++)
        {
            throttle.Write(logger, LogLevel.Warning, reason, reason);
        }
    }
}
