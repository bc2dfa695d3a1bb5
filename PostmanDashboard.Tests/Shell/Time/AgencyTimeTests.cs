using Microsoft.Extensions.Options;
using NodaTime;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Tests.Shell.Time;

public sealed class AgencyTimeTests
{
    private static readonly DateTimeOffset Instant = new(2025, 5, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_time_is_the_agency_s_with_the_name_of_its_zone() =>
        Assert.Equal("23 May 2025, 09:00 SGT", In("Asia/Singapore").Format(Instant));

    [Fact]
    public void A_time_is_the_same_whatever_offset_it_comes_with() =>
        Assert.Equal("23 May 2025, 09:00 SGT", In("Asia/Singapore").Format(Instant.ToOffset(TimeSpan.FromHours(-7))));

    [Theory]
    [InlineData("Europe/Paris", 7, "23 Jul 2025, 03:00 UTC+02:00")]
    [InlineData("Europe/Paris", 1, "23 Jan 2025, 02:00 UTC+01:00")]
    [InlineData("America/New_York", 7, "22 Jul 2025, 21:00 UTC-04:00")]
    [InlineData("Australia/Lord_Howe", 7, "23 Jul 2025, 11:30 UTC+10:30")]
    [InlineData("UTC", 7, "23 Jul 2025, 01:00 UTC+00:00")]
    public void A_zone_without_a_name_shows_its_distance_from_UTC_at_that_time(string zone, int month, string text) =>
        Assert.Equal(text, In(zone).Format(new DateTimeOffset(2025, month, 23, 1, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void A_date_is_the_one_on_the_agency_s_wall()
    {
        var lastHourOfTheYearInUtc = new DateTimeOffset(2025, 12, 31, 23, 30, 0, TimeSpan.Zero);

        Assert.Equal("1 Jan 2026", In("Asia/Singapore").FormatDate(lastHourOfTheYearInUtc));
        Assert.Equal("31 Dec 2025", In("America/New_York").FormatDate(lastHourOfTheYearInUtc));
    }

    private static AgencyTime In(string zone) => new(
        DateTimeZoneProviders.Tzdb[zone],
        Options.Create(new DisplayOptions { TimeZone = zone, TimeZoneNames = { ["Asia/Singapore"] = "SGT" } }));
}
