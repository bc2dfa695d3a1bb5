using System.Globalization;
using CsCheck;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Tests.Shell.Time;

public sealed class RelativeTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("00:01:00", "1 minute")]
    [InlineData("00:01:29.999", "1 minute")]
    [InlineData("00:01:30", "2 minutes")]
    [InlineData("00:59:29.999", "59 minutes")]
    [InlineData("00:59:30", "1 hour")]
    [InlineData("01:29:59.999", "1 hour")]
    [InlineData("01:30:00", "2 hours")]
    [InlineData("05:00:00", "5 hours")]
    [InlineData("23:29:59.999", "23 hours")]
    [InlineData("23:30:00", "1 day")]
    [InlineData("1.11:59:59.999", "1 day")]
    [InlineData("1.12:00:00", "2 days")]
    [InlineData("14.00:00:00", "14 days")]
    [InlineData("23.00:00:00", "23 days")]
    [InlineData("31.00:00:00", "31 days")]
    [InlineData("59.23:59:59.999", "60 days")]
    [InlineData("60.00:00:00", "2 months")]
    [InlineData("90.00:00:00", "3 months")]
    [InlineData("181.00:00:00", "6 months")]
    [InlineData("184.00:00:00", "6 months")]
    public void A_distance_is_rounded_to_the_unit_that_people_would_use(string distance, string words)
    {
        var length = TimeSpan.Parse(distance, CultureInfo.InvariantCulture);

        Assert.Equal($"in {words}", RelativeTime.Format(Now + length, Now));
        Assert.Equal($"{words} ago", RelativeTime.Format(Now - length, Now));
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:00:00.001")]
    [InlineData("00:00:59.999")]
    public void Less_than_a_minute_is_now(string distance)
    {
        var length = TimeSpan.Parse(distance, CultureInfo.InvariantCulture);

        Assert.Equal("now", RelativeTime.Format(Now + length, Now));
        Assert.Equal("now", RelativeTime.Format(Now - length, Now));
    }

    [Fact]
    public void No_distance_is_ever_zero_of_anything()
    {
        Gen.Long[-400 * TimeSpan.TicksPerDay, 400 * TimeSpan.TicksPerDay].Sample(ticks =>
            Assert.Matches("^(now|in [1-9][0-9]* [a-z]+|[1-9][0-9]* [a-z]+ ago)$", RelativeTime.Format(Now.AddTicks(ticks), Now)));
    }
}
