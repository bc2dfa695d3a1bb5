using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.Calendar;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Calendar;

/// <summary>The calendar of an account, as Python's icalendar reads it.</summary>
public sealed class ExpiryCalendarTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private ExpiryCalendar calendar = null!;
    private Account account = null!;

    public override async Task InitializeAsync()
    {
        calendar = keys.Get<ExpiryCalendar>();
        account = await keys.AddAccountAsync();
    }

    [FactNeeding(Needs.CalendarParser)]
    public async Task A_key_has_an_event_at_its_expiry_and_one_at_each_reminder()
    {
        var key = await keys.IssueAsync(account);
        var name = $"API key “Grant system” (•••••{key.Token.Hint})";

        var read = await ReadAsync();

        Assert.Equal(("2.0", "-//Postman Dashboard//API keys//EN", "API keys of mei@agency.gov.sg"), (read.Version, read.ProductId, read.Name));
        Assert.Equal(
            [
                ($"{name} expires", "2026-07-05T09:00:00Z"),
                ($"Reminder: {name} expires in 1 month", "2026-06-05T09:00:00Z"),
                ($"Reminder: {name} expires in 2 weeks", "2026-06-21T09:00:00Z"),
                ($"Reminder: {name} expires in 3 days", "2026-07-02T09:00:00Z"),
                ($"Reminder: {name} expires in 1 day", "2026-07-04T09:00:00Z"),
            ],
            read.Events.Select(one => (one.Summary, one.Start.ToString("yyyy-MM-ddTHH:mm:ssZ", null))));
        Assert.All(read.Events, one =>
        {
            Assert.Contains($"https://postman.example/settings/keys/{key.Id}", one.Description, StringComparison.Ordinal);
            Assert.Contains("From 5 Jul 2026, 17:00 SGT every call", one.Description, StringComparison.Ordinal);
            Assert.Equal(TestClock.Start, one.Stamp);
            Assert.True(one.End > one.Start);
            Assert.Equal(["DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "SUMMARY", "TRANSP", "UID"], one.Properties.Where(name => name != "SEQUENCE"));
        });
    }

    [FactNeeding(Needs.CalendarParser)]
    public async Task Events_are_known_by_the_same_names_day_after_day_and_no_two_by_one()
    {
        await keys.IssueAsync(account, "one");
        await keys.IssueAsync(account, "two");
        var first = (await ReadAsync()).Events.Select(one => one.Uid).ToList();
        keys.Clock.Advance(TimeSpan.FromDays(30));
        await keys.ChangeAsync(account, (await keys.ListAsync(account))[0].Id, "renamed", "ops@agency.gov.sg");

        Assert.Equal(first, (await ReadAsync()).Events.Select(one => one.Uid));
        Assert.Equal(10, first.Distinct().Count());
    }

    [FactNeeding(Needs.CalendarParser)]
    public async Task Only_what_is_still_to_come_is_told_of_a_key_that_expires_soon()
    {
        await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(28));

        var read = await ReadAsync();

        Assert.Equal(["expires", "expires in 1 day"], read.Events.Select(one => one.Summary[(one.Summary.LastIndexOf(')') + 2)..]));
    }

    [Fact]
    public async Task A_paused_key_is_said_to_be_paused()
    {
        var key = await keys.IssueAsync(account, "Grants");
        Assert.DoesNotContain("paused", await WriteAsync(), StringComparison.Ordinal);

        await keys.Get<KeyPauses>().PauseAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None);

        Assert.Contains("paused", await WriteAsync(), StringComparison.Ordinal);
    }

    [FactNeeding(Needs.CalendarParser)]
    public async Task An_expired_key_stays_for_thirty_days_and_a_deleted_one_not_at_all()
    {
        await keys.IssueAsync(account, "expired", ApiKeyLifetime.Days30);
        await keys.DeleteAsync(account, (await keys.IssueAsync(account, "deleted")).Id);
        keys.Clock.Advance(TimeSpan.FromDays(31));

        var past = Assert.Single((await ReadAsync()).Events);
        Assert.EndsWith("has expired", past.Summary, StringComparison.Ordinal);
        Assert.Contains("Since 4 Feb 2026", past.Description, StringComparison.Ordinal);

        keys.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Empty((await ReadAsync()).Events);
    }

    [FactNeeding(Needs.CalendarParser)]
    public async Task Whatever_a_label_holds_stays_in_it()
    {
        string[] labels =
        [
            @"a;b,c\d:e ""f""",
            @"ends in a backslash \",
            "BEGIN:VEVENT END:VCALENDAR",
            "印章系统 — " + string.Concat(Enumerable.Repeat("📮", 40)),
            new string('x', 100),
        ];
        foreach (var label in labels)
        {
            await keys.IssueAsync(account, label, ApiKeyLifetime.Days30);
        }

        var text = await WriteAsync();
        var read = await CalendarParser.ReadAsync(text);

        Assert.All(read.Components, component => Assert.Equal("VEVENT", component));
        Assert.Equal(
            labels.Order(StringComparer.Ordinal),
            read.Events.Select(one => Between(one.Summary, "“", "” (•••••")).Distinct().Order(StringComparer.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
    }

    [Fact]
    public async Task A_label_that_looks_like_an_escaped_line_break_is_none()
    {
        // Read as text: the parser of the other tests makes a line break of this, also where it is written as RFC 5545 wants it.
        await keys.IssueAsync(account, @"a\nb\;c");

        Assert.Contains(@"“a\\nb\\\;c”", (await WriteAsync()).Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [FactNeeding(Needs.CalendarParser)]
    public async Task An_account_without_keys_has_a_calendar_without_events() => Assert.Empty((await ReadAsync()).Events);

    [Fact]
    public async Task Another_account_s_keys_and_all_tokens_are_absent()
    {
        var own = await keys.IssueAsync(account);
        await keys.IssueAsync(await keys.AddAccountAsync("li@agency.gov.sg"), "Not for Mei");

        var text = (await WriteAsync()).Replace("\r\n ", "", StringComparison.Ordinal);

        Assert.Contains("Grant system", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not for Mei", text, StringComparison.Ordinal);
        Assert.DoesNotContain(own.Token.Plaintext, text, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKeyToken.Prefix, text, StringComparison.Ordinal);
    }

    public void Dispose() => keys.Dispose();

    private Task<string> WriteAsync() => calendar.WriteAsync(new CalendarOwner(account.Id, account.Email!), CancellationToken.None);

    private async Task<ParsedCalendar> ReadAsync() => await CalendarParser.ReadAsync(await WriteAsync());

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.LastIndexOf(after, StringComparison.Ordinal)];
    }
}
