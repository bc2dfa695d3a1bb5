using PostmanDashboard.ApiKeys;
using PostmanDashboard.Reminders;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Reminders;

/// <summary>A clock walks through the life of a key, hour by hour, and the contacts hear what they must.</summary>
public sealed class ReminderWalkTests
{
    private static readonly string[] Contacts = ["a@agency.gov.sg", "b@agency.gov.sg"];

    private static readonly (ReminderStage Stage, string Words)[] All =
    [
        (ReminderStage.OneMonth, "expires in 1 month"),
        (ReminderStage.TwoWeeks, "expires in 14 days"),
        (ReminderStage.ThreeDays, "expires in 3 days"),
        (ReminderStage.OneDay, "expires in 1 day"),
        (ReminderStage.Expired, "has expired"),
    ];

    [Fact]
    public Task In_six_months_and_a_week_contacts_hear_four_warnings_and_one_farewell() =>
        WalkAsync("Asia/Singapore", TestClock.Start, ApiKeyLifetime.SixMonths, days: 190, All);

    [Theory]
    [InlineData(ApiKeyLifetime.Days30, 38)]
    [InlineData(ApiKeyLifetime.Days60, 68)]
    [InlineData(ApiKeyLifetime.Days90, 98)]
    public Task Contacts_of_a_shorter_key_hear_the_stages_that_begin_after_it_was_made(ApiKeyLifetime lifetime, int days) =>
        // 30 days from 5 January end on 4 February; a calendar month before that is 4 January, when there was no key.
        WalkAsync("Asia/Singapore", TestClock.Start, lifetime, days, lifetime == ApiKeyLifetime.Days30 ? All[1..] : All);

    [Theory]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(30)]
    [InlineData(31)]
    public Task Keys_made_at_the_end_of_August_end_with_February_and_remind_like_others(int day) =>
        WalkAsync("Asia/Singapore", new DateTimeOffset(2026, 8, day, 2, 20, 0, TimeSpan.Zero), ApiKeyLifetime.SixMonths, days: 192, All);

    [Theory]
    [InlineData("2025-09-29T12:30:00Z")] // clocks go forward in the last day, which has 23 hours
    [InlineData("2026-04-25T10:30:00Z")] // clocks go back in the last day, which has 25
    [InlineData("2026-04-27T10:30:00Z")] // and in the last three
    [InlineData("2026-05-05T10:30:00Z")] // and in the last fourteen
    public Task Contacts_where_clocks_change_hear_at_the_same_local_time_and_in_the_same_words(string made) =>
        WalkAsync(
            "Europe/Paris", DateTimeOffset.Parse(made, System.Globalization.CultureInfo.InvariantCulture), ApiKeyLifetime.SixMonths, days: 192, All);

    private static async Task WalkAsync(
        string zone, DateTimeOffset made, ApiKeyLifetime lifetime, int days, (ReminderStage Stage, string Words)[] expected)
    {
        using var reminders = new TestReminders(zone);
        reminders.Clock.AdjustTime(made);
        var key = await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync(), "Grant system", lifetime, Contacts);
        var expiresAt = await reminders.ExpiryOfAsync(key);

        // Sweeps come on the hour, keys are made at any minute of it.
        reminders.Clock.AdjustTime(made.AddMinutes(-made.Minute));
        for (var hour = 0; hour < 24 * days; hour++)
        {
            reminders.Clock.Advance(TimeSpan.FromHours(1));
            await reminders.RunJobsAsync();
        }

        Assert.All(Contacts, contact =>
        {
            var heard = reminders.Mail.To(contact);
            Assert.Equal(expected.Select(stage => $"API key “Grant system” {stage.Words}"), heard.Select(mail => mail.Subject));
            Assert.All(heard.Zip(expected), pair =>
            {
                Assert.Contains(pair.Second.Words, pair.First.TextBody, StringComparison.Ordinal);
                AssertPunctual(pair.First.Date, ReminderSchedule.DueAt(pair.Second.Stage, expiresAt, reminders.Keys.Zone));
                // The same time of day on the wall as the expiry, give or take the hour of a step.
                AssertPunctual(Local(pair.First.Date), Local(pair.First.Date).Date + Local(expiresAt).TimeOfDay);
            });
        });
        Assert.Equal(Contacts.Length * expected.Length, reminders.Mail.Sent.Count);

        DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, reminders.Keys.Zone).DateTime;
    }

    private static void AssertPunctual(DateTimeOffset sent, DateTimeOffset due) => Assert.InRange(sent - due, TimeSpan.Zero, TimeSpan.FromHours(1));

    private static void AssertPunctual(DateTime sent, DateTime due) => Assert.InRange(sent - due, TimeSpan.Zero, TimeSpan.FromHours(1));
}
