using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Tests.Mail.Dispatch;

public sealed class RetryDelaysTests
{
    [Fact]
    public void Pauses_grow_from_a_minute_to_four_hours_and_stay_there()
    {
        var pauses = Enumerable.Range(1, 30).Select(RetryDelays.After).ToList();

        Assert.Equal(TimeSpan.FromMinutes(1), pauses[0]);
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromHours(4), pauses[8]);
        Assert.All(pauses[8..], pause => Assert.Equal(TimeSpan.FromHours(4), pause));
    }

    [Fact]
    public void What_may_have_arrived_is_repeated_much_later_than_what_was_refused() =>
        Assert.All(Enumerable.Range(1, 5), tries => Assert.True(RetryDelays.AfterSilence(tries) >= 6 * RetryDelays.After(tries)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue + 1)]
    public void A_count_that_makes_no_sense_is_read_as_the_first_try(int tries) => Assert.Equal(TimeSpan.FromMinutes(1), RetryDelays.After(tries));
}
