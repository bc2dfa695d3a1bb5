using System.ComponentModel.DataAnnotations;
using System.Globalization;
using PostmanDashboard.Jobs;

namespace PostmanDashboard.Tests.Jobs;

public sealed class JobOptionsTests
{
    [Theory]
    [InlineData("00:01:00", "*/1 * * * *")]
    [InlineData("00:05:00", "*/5 * * * *")]
    [InlineData("00:30:00", "*/30 * * * *")]
    [InlineData("01:00:00", "0 * * * *")]
    public void A_period_that_divides_an_hour_is_taken_and_becomes_cron(string every, string cron)
    {
        var options = Every(every);

        Assert.Empty(options.Validate(new ValidationContext(options)));
        Assert.Equal(cron, options.SweepCron);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-00:05:00")]
    [InlineData("00:00:59")]
    [InlineData("00:01:30")]
    [InlineData("00:07:00")]
    [InlineData("00:45:00")]
    [InlineData("01:01:00")]
    [InlineData("02:00:00")]
    [InlineData("5")] // which is five days
    public void Any_other_period_is_refused_by_name(string every)
    {
        var options = Every(every);

        Assert.StartsWith("Jobs:SweepEvery is ", Assert.Single(options.Validate(new ValidationContext(options))).ErrorMessage, StringComparison.Ordinal);
    }

    private static JobOptions Every(string period) => new() { SweepEvery = TimeSpan.Parse(period, CultureInfo.InvariantCulture) };
}
