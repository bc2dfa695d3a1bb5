using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Time;

/// <summary>The clock of the tests, which takes the place of the machine's.</summary>
public sealed class JumpingClockTests
{
    private readonly JumpingClock clock = new(TestClock.Start);

    [Fact]
    public void A_periodic_timer_fires_once_for_all_the_periods_that_a_jump_went_over_and_keeps_its_beat()
    {
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, fired);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fired);
        clock.SetUtcNow(TestClock.Start.AddDays(180).AddSeconds(3));
        Assert.Equal(2, fired);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(2, fired);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, fired);
    }

    [Fact]
    public void A_timer_fires_once_unless_it_is_periodic_and_not_at_all_once_it_is_changed_or_disposed()
    {
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, fired);

        timer.Change(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, fired);

        timer.Change(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        timer.Dispose();
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, fired);
    }
}
