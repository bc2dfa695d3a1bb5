using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.Messages.RateLimits;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.RateLimits;

public sealed class SendLimiterTests
{
    private readonly FakeTimeProvider clock = TestClock.Create();
    private readonly SendLimiter limiter;
    private readonly Guid mei = Guid.NewGuid();
    private readonly Guid ann = Guid.NewGuid();

    public SendLimiterTests() => limiter = new SendLimiter(clock);

    [Fact]
    public void The_second_call_within_a_second_is_refused_and_passes_after_it()
    {
        Assert.True(Take(1));
        Pass(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.False(Take(1));
        Pass(TimeSpan.FromTicks(1));
        Assert.True(Take(1));
        Assert.False(Take(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(9_999)]
    [InlineData(10_000)]
    public void Exactly_the_limit_passes_at_once_and_again_after_a_quiet_second(int limit)
    {
        Assert.Equal(limit, AcquireAll(limit));
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(limit, AcquireAll(limit));
    }

    [Fact]
    public void What_is_left_is_said_with_every_answer()
    {
        Assert.Equal(new SendAllowance(true, 3, 2), limiter.Take(mei, 3));
        Assert.Equal(new SendAllowance(true, 3, 1), limiter.Take(mei, 3));
        Assert.Equal(new SendAllowance(true, 3, 0), limiter.Take(mei, 3));
        Assert.Equal(new SendAllowance(false, 3, 0), limiter.Take(mei, 3));
        Pass(TimeSpan.FromMilliseconds(700));
        Assert.Equal(new SendAllowance(true, 3, 1), limiter.Take(mei, 3));
    }

    [Fact]
    public void Whoever_keeps_to_the_pace_is_never_refused()
    {
        for (var call = 0; call < 1_000; call++)
        {
            Assert.True(Take(10));
            Pass(TimeSpan.FromMilliseconds(100));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9_999)]
    public void Under_a_minute_of_hammering_exactly_the_limit_passes_each_second(int limit)
    {
        // An awkward pace, that no limit divides.
        const long Pace = 1_234_567;
        const int Rounds = 500;
        long passed = AcquireAll(limit);
        for (var round = 0; round < Rounds; round++)
        {
            Pass(TimeSpan.FromTicks(Pace));
            passed += AcquireAll(limit);
        }

        Assert.Equal(limit + limit * Pace * Rounds / TimeSpan.TicksPerSecond, passed);
    }

    [Fact]
    public void Refused_calls_cost_nothing()
    {
        Take(1);
        for (var call = 0; call < 100; call++)
        {
            Pass(TimeSpan.FromMilliseconds(9));
            Assert.False(Take(1));
        }

        Pass(TimeSpan.FromMilliseconds(100));
        Assert.True(Take(1));
    }

    [Fact]
    public async Task Of_many_calls_at_the_same_moment_exactly_the_limit_passes()
    {
        var answers = await Together.RunAsync(40, _ => Task.FromResult(AcquireAll(500)));

        Assert.Equal(500, answers.Sum());
    }

    [Fact]
    public void Accounts_have_limits_of_their_own()
    {
        Assert.Equal(5, AcquireAll(5));
        Assert.True(limiter.Take(ann, 5).Granted);
        Assert.False(Take(5));
    }

    [Theory]
    [InlineData(2, 10, 8)]
    [InlineData(10, 2, 0)]
    public void A_changed_limit_holds_from_the_next_call_on(int before, int after, int passing)
    {
        AcquireAll(before);

        Assert.Equal(passing, AcquireAll(after));
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(after, AcquireAll(after));
    }

    [Fact]
    public void Accounts_that_send_no_more_are_forgotten_and_no_other()
    {
        for (var account = 0; account < 1_000; account++)
        {
            limiter.Take(Guid.NewGuid(), 10);
        }

        Pass(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Take(1);
        Pass(TimeSpan.FromTicks(1));
        Assert.False(Take(1));
        Assert.Equal(1_001, limiter.Remembered);
        Pass(TimeSpan.FromSeconds(1));
        Assert.True(Take(1));
        Assert.Equal(1, limiter.Remembered);
    }

    [Fact]
    public void Setting_the_machines_clock_back_stops_nobody()
    {
        var stepping = new SteppingClock();
        var onIt = new SendLimiter(stepping);
        onIt.Take(mei, 1);
        stepping.Hours = -1;
        stepping.Ticks += TimeSpan.TicksPerSecond;

        Assert.True(onIt.Take(mei, 1).Granted);
    }

    private bool Take(int limit) => limiter.Take(mei, limit).Granted;

    private int AcquireAll(int limit)
    {
        var passed = 0;
        while (Take(limit))
        {
            passed++;
        }

        return passed;
    }

    private void Pass(TimeSpan time) => clock.Advance(time);

    /// <summary>A machine whose time of day is set while its ticks go on.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        public int Hours { get; set; }

        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;

        public override DateTimeOffset GetUtcNow() => TestClock.Start.AddTicks(Ticks).AddHours(Hours);
    }
}
