using System.Globalization;
using NodaTime;
using PostmanDashboard.ApiKeys.Reminders;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

public sealed class ReminderScheduleTests
{
    private static readonly DateTimeZone Singapore = DateTimeZoneProviders.Tzdb["Asia/Singapore"];
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Theory]
    [InlineData(ReminderStage.OneMonth, "2026-06-05T17:00:00+08:00")]
    [InlineData(ReminderStage.TwoWeeks, "2026-06-21T17:00:00+08:00")]
    [InlineData(ReminderStage.ThreeDays, "2026-07-02T17:00:00+08:00")]
    [InlineData(ReminderStage.OneDay, "2026-07-04T17:00:00+08:00")]
    [InlineData(ReminderStage.Expired, "2026-07-05T17:00:00+08:00")]
    public void A_stage_is_due_at_the_time_of_day_of_the_expiry(ReminderStage stage, string due) =>
        Assert.Equal(At(due), ReminderSchedule.DueAt(stage, At("2026-07-05T17:00:00+08:00"), Singapore));

    [Fact]
    public void A_month_before_the_end_of_a_longer_month_is_the_end_of_the_shorter() =>
        Assert.Equal(At("2027-02-28T10:00:00+08:00"), ReminderSchedule.DueAt(ReminderStage.OneMonth, At("2027-03-31T10:00:00+08:00"), Singapore));

    [Fact]
    public void Days_are_counted_by_the_clock_on_the_wall_also_when_it_is_changed()
    {
        var afterTheChange = At("2026-10-26T09:00:00+01:00");

        Assert.Equal(At("2026-10-25T09:00:00+01:00"), ReminderSchedule.DueAt(ReminderStage.OneDay, afterTheChange, Paris));
        Assert.Equal(At("2026-10-23T09:00:00+02:00"), ReminderSchedule.DueAt(ReminderStage.ThreeDays, afterTheChange, Paris));
    }

    [Fact]
    public void A_stage_that_is_past_or_just_now_is_not_planned()
    {
        var expiresAt = At("2026-07-05T17:00:00+08:00");
        var twoWeeksBefore = At("2026-06-21T17:00:00+08:00");

        Assert.Equal(5, Planned(twoWeeksBefore.AddDays(-30)).Count);
        Assert.Equal(ReminderStage.TwoWeeks, Planned(twoWeeksBefore.AddTicks(-1))[0]);
        Assert.Equal(ReminderStage.ThreeDays, Planned(twoWeeksBefore)[0]);
        Assert.Equal([ReminderStage.Expired], Planned(expiresAt.AddTicks(-1)));
        Assert.Empty(Planned(expiresAt));

        List<ReminderStage> Planned(DateTimeOffset now) => [.. ReminderSchedule.Upcoming(expiresAt, now, Singapore).Select(planned => planned.Stage)];
    }

    [Fact]
    public void Stages_come_in_the_order_in_which_they_are_due()
    {
        var planned = ReminderSchedule.Upcoming(At("2026-07-05T17:00:00+08:00"), At("2026-01-05T17:00:00+08:00"), Singapore).ToList();

        Assert.Equal(Enum.GetValues<ReminderStage>(), planned.Select(one => one.Stage));
        Assert.Equal(planned.Select(one => one.DueAt).Order(), planned.Select(one => one.DueAt));
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
