using PostmanDashboard.Jobs.ClockChanges;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Jobs.ClockChanges;

public sealed class ClockWatchTests
{
    private readonly UnsteadyClock clock = new();
    private readonly ClockWatch watch;

    public ClockWatchTests() => watch = new ClockWatch(clock);

    [Fact]
    public void Time_that_passes_is_not_a_change()
    {
        clock.Advance(TimeSpan.FromDays(200));

        Assert.Null(watch.Look());
    }

    [Fact]
    public void A_clock_that_is_set_back_is_noticed_until_what_follows_is_put_right()
    {
        clock.Advance(TimeSpan.FromHours(1));
        clock.SetBack(TimeSpan.FromHours(3));

        Assert.Equal(TimeSpan.FromHours(3), watch.Look());
        clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(TimeSpan.FromHours(3), watch.Look());
        watch.MarkCorrected();
        Assert.Null(watch.Look());
        Assert.Equal((TimeSpan.FromHours(3), TimeSpan.FromHours(5)), watch.WithinLast(TimeSpan.FromHours(5)));
        Assert.Null(watch.WithinLast(TimeSpan.FromHours(4)));
    }

    [Fact]
    public void A_clock_that_is_kept_right_by_the_network_is_not_set_back()
    {
        clock.SetBack(ClockWatch.Tolerance);

        Assert.Null(watch.Look());
        Assert.Null(watch.WithinLast(TimeSpan.MaxValue));
    }

    [Fact]
    public void A_clock_that_is_set_forward_and_back_is_noticed_when_it_goes_back()
    {
        clock.SetForward(TimeSpan.FromDays(200));
        Assert.Null(watch.Look());

        clock.SetBack(TimeSpan.FromDays(200));

        Assert.Equal(TimeSpan.FromDays(200), watch.Look());
    }
}
