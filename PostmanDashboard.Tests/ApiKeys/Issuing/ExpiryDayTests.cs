using System.Globalization;
using NodaTime;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Expiry;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Issuing;

public sealed class ExpiryDayTests : IDisposable
{
    /// <summary>5 January 2026, 17:00 in Singapore.</summary>
    private readonly TestKeys keys = new();

    [Fact]
    public async Task A_key_works_until_the_last_minute_of_its_last_day_in_the_agency_s_zone()
    {
        var (account, key) = await IssueAsync(new DateOnly(2026, 2, 28));

        Assert.Equal(new DateTimeOffset(2026, 2, 28, 15, 59, 0, TimeSpan.Zero), key.ExpiresAt);
        keys.Clock.SetUtcNow(key.ExpiresAt - TimeSpan.FromTicks(1));
        Assert.NotEqual(ApiKeyStatus.Expired, (await keys.FindAsync(account, key.Id))!.Status);
        keys.Clock.SetUtcNow(key.ExpiresAt);
        Assert.Equal(ApiKeyStatus.Expired, (await keys.FindAsync(account, key.Id))!.Status);
    }

    [Fact]
    public async Task The_last_day_that_can_be_chosen_ends_with_the_six_months()
    {
        var (_, key) = await IssueAsync(new DateOnly(2026, 7, 5));

        Assert.Equal(ApiKey.LatestExpiry(TestClock.Start, keys.Zone), key.ExpiresAt);
    }

    [Theory]
    [InlineData("2026-01-05", "Choose 6 Jan 2026 or later: a key works until the end of its last day.")]
    [InlineData("0002-01-01", "Choose 6 Jan 2026 or later: a key works until the end of its last day.")]
    [InlineData("2026-07-06", "Choose 5 Jul 2026 or earlier: a key works for six months at most.")]
    [InlineData("9999-12-31", "Choose 5 Jul 2026 or earlier: a key works for six months at most.")]
    [InlineData(null, "Choose a date from 6 Jan 2026 to 5 Jul 2026.")]
    public async Task Another_day_is_refused_and_the_answer_says_which_there_are(string? day, string problem)
    {
        var account = await keys.AddAccountAsync();
        var chosen = new ExpiryChoice(Lifetime: null, day is null ? null : DateOnly.Parse(day, CultureInfo.InvariantCulture));

        var refused = Assert.IsType<IssueApiKeyResult.Invalid>(await TryIssueAsync(account, chosen));

        Assert.Equal((problem, null, null), (refused.ExpiryProblem, refused.LabelProblem, refused.ContactsProblem));
        Assert.Empty(await keys.ListAsync(account));
    }

    [Fact]
    public async Task A_day_that_is_over_by_the_time_it_is_sent_is_refused()
    {
        var account = await keys.AddAccountAsync();
        keys.Clock.Advance(TimeSpan.FromHours(8));

        Assert.IsType<IssueApiKeyResult.Invalid>(await TryIssueAsync(account, ExpiryChoice.On(new DateOnly(2026, 1, 6))));
    }

    [Theory]
    [InlineData("2026-01-06", 1)]
    [InlineData("2026-01-09", 2)]
    [InlineData("2026-01-25", 3)]
    [InlineData("2026-03-01", 4)]
    public async Task A_short_life_has_the_reminders_that_it_has_room_for(string day, int reminders)
    {
        var (_, key) = await IssueAsync(DateOnly.Parse(day, CultureInfo.InvariantCulture));

        var stages = ReminderSchedule.Upcoming(key.ExpiresAt, TestClock.Start, keys.Zone).Where(planned => planned.Stage != ReminderStage.Expired);
        await using var db = keys.Database.CreateDbContext();
        Assert.Equal((reminders, reminders + 1), (stages.Count(), db.Reminders.Count()));
    }

    [Theory]
    [InlineData("Europe/Paris", "2026-03-29")]
    [InlineData("America/Santiago", "2026-04-04")]
    [InlineData("Pacific/Auckland", "2026-04-05")]
    public void Where_clocks_change_a_day_still_ends_on_its_own_date(string zone, string day)
    {
        var (last, agency) = (DateOnly.Parse(day, CultureInfo.InvariantCulture), DateTimeZoneProviders.Tzdb[zone]);

        var end = ExpiryDay.EndOf(last, TestClock.Start, agency);

        Assert.Equal(last, DateOnly.FromDateTime(Instant.FromDateTimeOffset(end).InZone(agency).ToDateTimeUnspecified()));
        Assert.Equal(last.AddDays(1), DateOnly.FromDateTime(Instant.FromDateTimeOffset(end.AddMinutes(1)).InZone(agency).ToDateTimeUnspecified()));
    }

    public void Dispose() => keys.Dispose();

    private async Task<(Account Account, ApiKeySummary Key)> IssueAsync(DateOnly lastDay)
    {
        var account = await keys.AddAccountAsync();
        var issued = Assert.IsType<IssueApiKeyResult.Issued>(await TryIssueAsync(account, ExpiryChoice.On(lastDay)));
        return (account, (await keys.FindAsync(account, issued.Id))!);
    }

    private Task<IssueApiKeyResult> TryIssueAsync(Account account, ExpiryChoice expiry) => keys.Service.IssueAsync(
        account.Id, new NewApiKey("Grant system", [account.Email!], expiry), TestKeys.By(account), CancellationToken.None);
}
