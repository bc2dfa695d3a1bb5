using NodaTime;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Shell.Time;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>A clock walks through the lives of keys, and the contacts hear what they must. Hour by hour where one is to hear something, and day by
/// day between: a reminder that comes there comes at a wrong time.</summary>
public sealed class ReminderWalkTests
{
    private static readonly (ReminderStage Stage, string Words)[] All =
    [
        (ReminderStage.OneMonth, "expires in 1 month"),
        (ReminderStage.TwoWeeks, "expires in 14 days"),
        (ReminderStage.ThreeDays, "expires in 3 days"),
        (ReminderStage.OneDay, "expires in 1 day"),
        (ReminderStage.Expired, "has expired"),
    ];

    [Fact]
    public async Task In_six_months_and_a_week_two_contacts_hear_four_warnings_and_one_expiry_notice_each() =>
        await WalkAsync("Asia/Singapore", new Walked(TestClock.Start, ApiKeyLifetime.SixMonths, All));

    [Fact]
    public async Task Contacts_of_shorter_keys_hear_the_stages_that_begin_after_the_key_was_made() =>
        await WalkAsync(
            "Asia/Singapore",
            // 30 days from 5 January end on 4 February, and a calendar month before that there was no key.
            new Walked(TestClock.Start, ApiKeyLifetime.Days30, All[1..]),
            // From 10 February they end on 12 March, a month after 12 February.
            new Walked(new DateTimeOffset(2026, 2, 10, 9, 0, 0, TimeSpan.Zero), ApiKeyLifetime.Days30, All),
            new Walked(TestClock.Start, ApiKeyLifetime.Days60, All),
            new Walked(TestClock.Start, ApiKeyLifetime.Days90, All));

    [Fact]
    public async Task Keys_made_at_the_end_of_August_expire_with_February_and_remind_like_others() =>
        await WalkAsync("Asia/Singapore", [.. Enumerable.Range(28, 4).Select(day => SixMonthsFrom(2026, 8, day))]);

    [Fact]
    public async Task Where_clocks_go_forward_before_the_expiry_contacts_hear_at_the_same_local_time_in_the_same_words() =>
        await WalkAsync(
            "Europe/Paris",
            SixMonthsFrom(2025, 9, 29), // expires on 29 March 2026, after a last day of 23 hours
            SixMonthsFrom(2025, 10, 1), // its last three days are an hour short
            SixMonthsFrom(2025, 10, 10)); // and its last fourteen

    [Fact]
    public async Task Where_clocks_go_back_before_the_expiry_contacts_hear_at_the_same_local_time_in_the_same_words() =>
        await WalkAsync(
            "Europe/Paris",
            SixMonthsFrom(2026, 4, 25), // expires on 25 October 2026, after a last day of 25 hours
            SixMonthsFrom(2026, 4, 27),
            SixMonthsFrom(2026, 5, 5));

    private static Walked SixMonthsFrom(int year, int month, int day) =>
        new(new DateTimeOffset(year, month, day, 12, 30, 0, TimeSpan.Zero), ApiKeyLifetime.SixMonths, All);

    private static async Task WalkAsync(string zone, params Walked[] keys)
    {
        using var reminders = new TestReminders(zone);
        var account = await reminders.Keys.AddAccountAsync();
        reminders.Clock.AdjustTime(keys.Min(key => key.Made));
        var unmade = new Queue<Walked>(keys.OrderBy(key => key.Made));
        while (unmade.Count > 0 || keys.Any(key => reminders.Clock.GetUtcNow() < key.ExpiresAt.AddDays(7)))
        {
            while (unmade.TryPeek(out var next) && next.Made <= reminders.Clock.GetUtcNow())
            {
                var id = await reminders.IssueQuietlyAsync(account, next.Label, next.Lifetime, next.Contacts);
                next.ExpiresAt = await reminders.ExpiryOfAsync(id);
                unmade.Dequeue();
            }

            await reminders.RunJobsAsync();
            reminders.Clock.Advance(TimeSpan.FromHours(keys.Min(key => key.HoursToNext(reminders.Clock.GetUtcNow(), reminders.Keys.Zone))));
        }

        Assert.All(keys, key => Assert.All(key.Contacts, contact => AssertHeard(reminders, key, contact)));
        Assert.Equal(keys.Sum(key => key.Contacts.Length * key.Expected.Length), reminders.Mail.Sent.Count);
    }

    private static void AssertHeard(TestReminders reminders, Walked key, string contact)
    {
        var heard = reminders.Mail.To(contact);
        Assert.Equal(key.Expected.Select(stage => $"API key “{key.Label}” {stage.Words}"), heard.Select(mail => mail.Subject));
        Assert.All(heard.Zip(key.Expected), pair =>
        {
            Assert.Contains(pair.Second.Words, pair.First.TextBody, StringComparison.Ordinal);
            Assert.InRange(pair.First.Date - ReminderSchedule.DueAt(pair.Second.Stage, key.ExpiresAt, reminders.Keys.Zone), TimeSpan.Zero,
                TimeSpan.FromHours(1));
            // The same time of day on the wall as the expiry.
            var sent = AgencyCalendar.ToLocal(pair.First.Date, reminders.Keys.Zone);
            Assert.InRange(sent.TimeOfDay - AgencyCalendar.ToLocal(key.ExpiresAt, reminders.Keys.Zone).TimeOfDay, TimeSpan.Zero, TimeSpan.FromHours(1));
        });
    }

    private sealed record Walked(DateTimeOffset Made, ApiKeyLifetime Lifetime, (ReminderStage Stage, string Words)[] Expected)
    {
        public string Label => $"{Lifetime} from {Made:d MMM yyyy}";

        public string[] Contacts => [$"a.{Lifetime}.{Made:yyyyMMdd}@agency.gov.sg", $"b.{Lifetime}.{Made:yyyyMMdd}@agency.gov.sg"];

        public DateTimeOffset ExpiresAt { get; set; }

        /// <summary>One from three hours before the key is made or a stage is due until three hours after. Otherwise as many as there are
        /// until then, or a day's.</summary>
        public double HoursToNext(DateTimeOffset now, DateTimeZone zone)
        {
            var moments = ExpiresAt == default ? [Made] : Expected.Select(stage => ReminderSchedule.DueAt(stage.Stage, ExpiresAt, zone));
            return moments.Select(moment => (moment - now).TotalHours)
                .Where(hours => hours >= -3)
                .Select(hours => Math.Clamp(Math.Floor(hours - 3), 1, 24))
                .Append(24)
                .Min();
        }
    }
}
