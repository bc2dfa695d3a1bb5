using System.Globalization;
using CsCheck;
using NodaTime;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Tests.Shell.Time;

public sealed class AgencyCalendarTests
{
    private static readonly string[] Zones =
        ["Asia/Singapore", "UTC", "Europe/Paris", "Europe/Dublin", "America/New_York", "America/Santiago", "Australia/Lord_Howe"];

    private static readonly Gen<DateTimeZone> AnyZone = Gen.OneOf(Zones).Select(id => DateTimeZoneProviders.Tzdb[id]);

    private static readonly Gen<DateTimeOffset> AnyInstant =
        Gen.Long[At("2000-01-01T00:00Z").UtcTicks, At("2025-12-31T23:59Z").UtcTicks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    [Theory]
    [InlineData("2025-08-27T10:15+08:00", "2026-02-27T10:15+08:00")]
    [InlineData("2025-08-28T10:15+08:00", "2026-02-28T10:15+08:00")]
    [InlineData("2025-08-29T10:15+08:00", "2026-02-28T10:15+08:00")]
    [InlineData("2025-08-30T10:15+08:00", "2026-02-28T10:15+08:00")]
    [InlineData("2025-08-31T10:15+08:00", "2026-02-28T10:15+08:00")]
    [InlineData("2025-09-01T10:15+08:00", "2026-03-01T10:15+08:00")]
    [InlineData("2027-08-28T10:15+08:00", "2028-02-28T10:15+08:00")]
    [InlineData("2027-08-29T10:15+08:00", "2028-02-29T10:15+08:00")]
    [InlineData("2027-08-30T10:15+08:00", "2028-02-29T10:15+08:00")]
    [InlineData("2027-08-31T10:15+08:00", "2028-02-29T10:15+08:00")]
    [InlineData("2099-08-31T10:15+08:00", "2100-02-28T10:15+08:00")]
    [InlineData("2025-10-31T10:15+08:00", "2026-04-30T10:15+08:00")]
    [InlineData("2028-02-29T10:15+08:00", "2028-08-29T10:15+08:00")]
    public void Six_months_on_is_the_same_day_or_the_last_of_a_month_too_short(string from, string to) =>
        Assert.Equal(At(to), AgencyCalendar.AddMonths(At(from), 6, Zone("Asia/Singapore")));

    [Theory]
    [InlineData("2025-03-31T10:15+08:00", "2025-02-28T10:15+08:00")]
    [InlineData("2028-03-30T10:15+08:00", "2028-02-29T10:15+08:00")]
    [InlineData("2026-01-15T10:15+08:00", "2025-12-15T10:15+08:00")]
    public void A_month_back_is_the_same_day_or_the_last_of_a_month_too_short(string from, string to) =>
        Assert.Equal(At(to), AgencyCalendar.AddMonths(At(from), -1, Zone("Asia/Singapore")));

    [Fact]
    public void The_month_is_the_one_on_the_agency_s_wall_not_the_one_of_UTC()
    {
        // 1 March in Singapore, while it is still 28 February in UTC.
        var early = At("2025-03-01T07:00+08:00");

        Assert.Equal(At("2025-04-01T07:00+08:00"), AgencyCalendar.AddMonths(early, 1, Zone("Asia/Singapore")));
        Assert.Equal(At("2025-03-28T23:00Z"), AgencyCalendar.AddMonths(early, 1, DateTimeZone.Utc));
    }

    [Theory]
    [InlineData("Europe/Paris", "2025-01-15T09:00+01:00", 6, "2025-07-15T09:00+02:00")]
    [InlineData("Europe/Paris", "2025-07-15T09:00+02:00", -6, "2025-01-15T09:00+01:00")]
    [InlineData("America/New_York", "2025-07-15T23:30-04:00", 6, "2026-01-15T23:30-05:00")]
    [InlineData("Australia/Lord_Howe", "2025-01-15T09:00+11:00", 6, "2025-07-15T09:00+10:30")]
    public void The_clock_on_the_wall_shows_the_same_time_on_both_sides_of_a_change(string zone, string from, int months, string to) =>
        Assert.Equal(At(to), AgencyCalendar.AddMonths(At(from), months, Zone(zone)));

    [Theory]
    [InlineData("Europe/Paris", "2024-09-30T02:30+02:00", "2025-03-30T03:30+02:00")]
    [InlineData("Europe/Dublin", "2024-09-30T01:30+01:00", "2025-03-30T02:30+01:00")]
    [InlineData("America/New_York", "2024-09-09T02:00-04:00", "2025-03-09T03:00-04:00")]
    [InlineData("Australia/Lord_Howe", "2025-04-05T02:15+11:00", "2025-10-05T02:45+11:00")]
    public void A_time_that_the_clocks_skip_moves_on_by_as_much_as_they_skip(string zone, string from, string to) =>
        Assert.Equal(At(to), AgencyCalendar.AddMonths(At(from), 6, Zone(zone)));

    [Theory]
    [InlineData("Europe/Paris", "2025-04-26T02:30+02:00", "2025-10-26T02:30+02:00")]
    [InlineData("Europe/Dublin", "2025-04-26T01:30+01:00", "2025-10-26T01:30+01:00")]
    [InlineData("America/New_York", "2025-05-02T01:30-04:00", "2025-11-02T01:30-04:00")]
    [InlineData("Australia/Lord_Howe", "2024-10-06T01:45+10:30", "2025-04-06T01:45+11:00")]
    public void Of_a_time_that_the_clocks_show_twice_the_first_is_meant(string zone, string from, string to) =>
        Assert.Equal(At(to), AgencyCalendar.AddMonths(At(from), 6, Zone(zone)));

    [Theory]
    [InlineData("2025-03-29T12:00+01:00", "2025-03-30T12:00+02:00", 23)]
    [InlineData("2025-10-25T12:00+02:00", "2025-10-26T12:00+01:00", 25)]
    [InlineData("2025-06-01T12:00+02:00", "2025-06-02T12:00+02:00", 24)]
    public void A_day_on_which_clocks_change_has_23_or_25_hours(string from, string to, int hours)
    {
        var next = AgencyCalendar.AddDays(At(from), 1, Zone("Europe/Paris"));

        Assert.Equal(At(to), next);
        Assert.Equal(TimeSpan.FromHours(hours), next - At(from));
    }

    [Fact]
    public void The_answer_is_in_UTC() =>
        Assert.Equal(TimeSpan.Zero, AgencyCalendar.AddMonths(At("2025-08-31T10:15+08:00"), 6, Zone("Asia/Singapore")).Offset);

    [Fact]
    public void The_local_time_is_kept_unless_the_clocks_skip_it()
    {
        Gen.Select(AnyInstant, AnyZone, Gen.Int[-24, 24]).Sample(
            (from, zone, months) =>
            {
                var wanted = Local(from, zone).AddMonths(months);
                var result = Local(AgencyCalendar.AddMonths(from, months, zone), zone);

                Assert.Equal(IsEverShown(wanted, zone), wanted == result);
                Assert.InRange(result - wanted, TimeSpan.Zero, TimeSpan.FromHours(1));
            },
            iter: 2000);
    }

    [Fact]
    public void Six_months_never_reach_past_the_same_day_of_the_sixth_month()
    {
        Gen.Select(AnyInstant, AnyZone).Sample(
            (from, zone) =>
            {
                var start = Local(from, zone);
                var end = Local(AgencyCalendar.AddMonths(from, 6, zone), zone);

                Assert.Equal((start.Year * 12) + start.Month + 6, (end.Year * 12) + end.Month);
                Assert.InRange(end.Day, 1, start.Day);
            },
            iter: 2000);
    }

    [Fact]
    public void More_months_never_end_earlier()
    {
        Gen.Select(AnyInstant, AnyZone, Gen.Int[-24, 23]).Sample(
            (from, zone, months) => AgencyCalendar.AddMonths(from, months, zone) < AgencyCalendar.AddMonths(from, months + 1, zone),
            iter: 2000);
    }

    [Fact]
    public void The_same_time_on_a_later_day_never_ends_earlier()
    {
        Gen.Select(AnyInstant, AnyZone, Gen.Int[-24, 24], Gen.Int[1, 60]).Sample(
            (from, zone, months, days) =>
            {
                var later = AgencyCalendar.AddDays(from, days, zone);

                // A time that the clocks skipped is not the same time.
                return Local(later, zone).TimeOfDay != Local(from, zone).TimeOfDay
                    || AgencyCalendar.AddMonths(from, months, zone) <= AgencyCalendar.AddMonths(later, months, zone);
            },
            iter: 2000);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeZone Zone(string name) => DateTimeZoneProviders.Tzdb[name];

    /// <remarks>By looking at the clock every quarter of an hour, and not by asking what a local time means, which is what is tested.</remarks>
    private static bool IsEverShown(DateTime local, DateTimeZone zone) => Enumerable.Range(-60, 121).Any(quarters =>
        Local(new DateTimeOffset(local, TimeSpan.Zero).AddMinutes(15 * quarters), zone) == local);

    private static DateTime Local(DateTimeOffset instant, DateTimeZone zone) => Instant.FromDateTimeOffset(instant).InZone(zone).ToDateTimeUnspecified();
}
