using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.ApiKeys.Check;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Check;

public sealed class KeyCheckLimitTests
{
    private readonly FakeTimeProvider clock = TestClock.Create();
    private readonly KeyCheckLimit limit;
    private readonly Guid account = Guid.NewGuid();

    public KeyCheckLimitTests() => limit = new KeyCheckLimit(clock);

    [Fact]
    public void Ten_are_allowed_within_any_minute_and_the_wait_is_until_the_first_of_them_is_a_minute_past()
    {
        for (var number = 0; number < 10; number++)
        {
            Assert.Null(limit.Take(account));
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(TimeSpan.FromSeconds(10), limit.Take(account));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(limit.Take(account));
        Assert.Equal(TimeSpan.FromSeconds(5), limit.Take(account));
    }

    [Fact]
    public void Being_refused_does_not_make_the_wait_longer()
    {
        for (var number = 0; number < 10; number++)
        {
            limit.Take(account);
        }

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), limit.Take(account));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(limit.Take(account));
    }

    [Fact]
    public void One_account_takes_nothing_from_another()
    {
        for (var number = 0; number < 20; number++)
        {
            limit.Take(account);
        }

        Assert.Null(limit.Take(Guid.NewGuid()));
    }

    [Fact]
    public async Task A_hundred_at_once_are_ten()
    {
        var waits = await Together.RunAsync(100, _ => Task.FromResult(limit.Take(account)));

        Assert.Equal(10, waits.Count(wait => wait is null));
    }
}
