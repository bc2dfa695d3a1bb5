using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Reminders;

/// <summary>A clock walks through the whole life of a key, and somebody looks at what came in the mail.</summary>
public sealed class ReminderWalkTests
{
    private static readonly string[] Contacts = ["a@agency.gov.sg", "b@agency.gov.sg"];
    private static readonly string[] All = ["in 1 month", "in 14 days", "in 3 days", "in 1 day", "has expired"];

    [Fact]
    public async Task Contacts_hear_four_warnings_and_one_farewell_in_six_months_and_no_more()
    {
        await using var app = new DashboardApplication();
        await IssueAsync(app);

        await WalkAsync(app, TimeSpan.FromDays(190), TimeSpan.FromHours(1));

        foreach (var contact in Contacts)
        {
            var reminders = app.Mail.To(contact).Where(mail => mail.Stage() is not null).ToList();
            Assert.Equal(All, reminders.Select(mail => mail.Stage()));
            // 17:00 in Singapore, the time of day at which the key was made.
            Assert.Equal(
                ["2026-06-05 17", "2026-06-21 17", "2026-07-02 17", "2026-07-04 17", "2026-07-05 17"],
                reminders.Select(mail => mail.Date.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH", null)));
        }
    }

    [Theory]
    [InlineData(ApiKeyLifetime.Days30, 4)] // made with a month or less to live: the first stage is past already
    [InlineData(ApiKeyLifetime.Days60, 5)]
    [InlineData(ApiKeyLifetime.Days90, 5)]
    public async Task Keys_that_live_shorter_have_the_stages_that_fit(ApiKeyLifetime lifetime, int stages)
    {
        await using var app = new DashboardApplication();
        await IssueAsync(app, lifetime);

        await WalkAsync(app, TimeSpan.FromDays(100), TimeSpan.FromHours(6));

        Assert.All(Contacts, contact => Assert.Equal(All[^stages..], app.Mail.RemindersTo(contact)));
    }

    [Theory]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(30)]
    [InlineData(31)]
    public async Task Keys_made_at_the_end_of_August_are_no_exception(int day)
    {
        await using var app = new DashboardApplication { Clock = new(new DateTimeOffset(2026, 8, day, 1, 0, 0, TimeSpan.Zero)) };
        await IssueAsync(app);

        await WalkAsync(app, TimeSpan.FromDays(190), TimeSpan.FromHours(12));

        Assert.All(Contacts, contact => Assert.Equal(All, app.Mail.RemindersTo(contact)));
    }

    [Fact]
    public async Task Where_clocks_change_reminders_come_at_the_same_time_by_the_clock_on_the_wall()
    {
        await using var app = new DashboardApplication
        {
            Clock = new(new DateTimeOffset(2026, 9, 29, 7, 0, 0, TimeSpan.Zero)),
            Settings = { ["Display:TimeZone"] = "Europe/Paris" },
        };
        await IssueAsync(app);

        await WalkAsync(app, TimeSpan.FromDays(190), TimeSpan.FromHours(1));

        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var reminders = app.Mail.To(Contacts[0]).Where(mail => mail.Stage() is not null).ToList();
        Assert.Equal(All, reminders.Select(mail => mail.Stage()));
        // Made at 9 in summer time; the first four come in winter time and the last in summer time again.
        Assert.All(reminders, mail => Assert.Equal(9, TimeZoneInfo.ConvertTime(mail.Date, paris).Hour));
    }

    private static async Task IssueAsync(DashboardApplication app, ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths) =>
        await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"), "Grant system", lifetime, Contacts);

    private static async Task WalkAsync(DashboardApplication app, TimeSpan length, TimeSpan step)
    {
        for (var walked = TimeSpan.Zero; walked < length; walked += step)
        {
            app.Clock.Advance(step);
            await app.RunJobsAsync();
        }
    }
}
