using System.Globalization;
using CsCheck;
using NodaTime;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Reminders.Mails;

namespace PostmanDashboard.Tests.ApiKeys.Reminders.Mails;

public sealed class ReminderWordsTests
{
    private static readonly DateTimeZone Singapore = DateTimeZoneProviders.Tzdb["Asia/Singapore"];
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    // A calendar month before it is 30 days before it.
    private static readonly DateTimeOffset ExpiresAt = new(2026, 7, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("00:00:00.0000001", "in an hour or less")]
    [InlineData("01:00:00", "in an hour or less")]
    [InlineData("01:00:00.0000001", "in 2 hours")]
    [InlineData("02:00:00", "in 2 hours")]
    [InlineData("02:00:00.0000001", "in 3 hours")]
    [InlineData("21:59:59.9999999", "in 22 hours")]
    [InlineData("22:00:00", "in 1 day")]
    [InlineData("1.00:00:00", "in 1 day")]
    [InlineData("1.00:00:00.0000001", "in 2 days")]
    [InlineData("2.23:55:00", "in 3 days")]
    [InlineData("3.00:00:00", "in 3 days")]
    [InlineData("3.00:00:00.0000001", "in 4 days")]
    [InlineData("13.23:00:00", "in 14 days")]
    [InlineData("14.00:00:00", "in 14 days")]
    [InlineData("29.18:00:00", "in 30 days")]
    [InlineData("29.18:00:00.0000001", "in 1 month")]
    [InlineData("30.00:00:00", "in 1 month")]
    [InlineData("30.05:59:59.9999999", "in 1 month")]
    [InlineData("30.06:00:00", "in 31 days")]
    public void A_life_that_is_left_reads_as_people_say_it(string left, string words) =>
        Assert.Equal(words, ReminderWords.UntilExpiry(ExpiresAt, ExpiresAt - TimeSpan.Parse(left, CultureInfo.InvariantCulture), Singapore));

    [Theory]
    [InlineData("2026-10-26T11:00:00Z", "2026-10-25T10:00:00Z", "in 2 days")] // 25 hours, none of them skipped
    [InlineData("2026-10-25T11:00:00Z", "2026-10-24T10:00:00Z", "in 1 day")]
    [InlineData("2026-10-27T11:00:00Z", "2026-10-24T10:00:00Z", "in 3 days")]
    [InlineData("2026-11-07T11:00:00Z", "2026-10-24T10:00:00Z", "in 14 days")]
    [InlineData("2026-03-29T10:00:00Z", "2026-03-28T11:00:00Z", "in 1 day")]
    [InlineData("2026-03-30T10:00:00Z", "2026-03-27T11:00:00Z", "in 3 days")]
    public void Days_are_those_of_the_calendar_where_one_of_them_has_23_or_25_hours(string expiresAt, string now, string words) =>
        Assert.Equal(words, ReminderWords.UntilExpiry(At(expiresAt), At(now), Paris));

    [Fact]
    public void Nothing_is_ever_zero_and_one_is_never_many()
    {
        var zones = Gen.OneOf("Asia/Singapore", "Europe/Paris", "Australia/Lord_Howe").Select(id => DateTimeZoneProviders.Tzdb[id]);

        Gen.Select(zones, Gen.Long[1, TimeSpan.FromDays(185).Ticks], Gen.Int[0, 365]).Sample((zone, left, day) =>
        {
            var words = ReminderWords.UntilExpiry(ExpiresAt.AddDays(day), ExpiresAt.AddDays(day).AddTicks(-left), zone);

            Assert.Matches("^in (an hour or less|1 day|1 month|([2-9]|[1-9][0-9]+) (hours|days))$", words);
        });
    }

    [Fact]
    public void Every_stage_has_a_name() =>
        Assert.Equal(5, Enum.GetValues<ReminderStage>().Select(stage => stage.InWords()).Distinct().Count());

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
