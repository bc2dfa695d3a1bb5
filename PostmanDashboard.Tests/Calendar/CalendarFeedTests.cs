using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.Calendar;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Calendar;

/// <summary>The secret address of a calendar, over HTTP, as a calendar program asks for it.</summary>
public sealed class CalendarFeedTests : AsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new();
    private HttpClient program = null!;
    private CalendarFeeds feeds = null!;
    private Account account = null!;

    public override async Task InitializeAsync()
    {
        program = app.CreateClient();
        feeds = app.Services.GetRequiredService<CalendarFeeds>();
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        await app.IssueKeyAsync(account);
    }

    [Fact]
    public async Task Whoever_has_the_address_reads_the_calendar_without_a_session_or_a_cookie()
    {
        using var answer = await AskAsync(await MakeAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/calendar; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.Private);
        Assert.Equal(["same-origin"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_program_that_asks_only_for_the_headers_gets_them()
    {
        using var answer = await program.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/calendar/{await MakeAsync()}.ics"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_secret_has_256_bits_and_only_its_hash_is_kept()
    {
        var secret = await MakeAsync();

        Assert.Matches("^[0-9A-Za-z]{43}$", secret);
        await using var db = app.CreateDbContext();
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(secret)),
            (await db.CalendarFeeds.SingleAsync()).SecretHash);
        Assert.DoesNotContain(secret, $"{CalendarSecret.Read(secret)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_ends_the_one_before_and_removing_it_ends_it_too()
    {
        var (first, second) = (await MakeAsync(), await MakeAsync());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(first));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second));

        await feeds.RemoveAsync(account.Id, CancellationToken.None);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second));
        Assert.Null(await feeds.FindAsync(account.Id, CancellationToken.None));
    }

    [Fact]
    public async Task One_account_s_making_and_removing_touches_no_other_s()
    {
        var secret = await MakeAsync();
        var stranger = await app.AddAccountAsync("li@agency.gov.sg");

        await feeds.RemoveAsync(stranger.Id, CancellationToken.None);
        await feeds.MakeAsync(stranger.Id, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(secret));
        Assert.Equal(app.Clock.GetUtcNow(), await feeds.FindAsync(account.Id, CancellationToken.None));
    }

    [Fact]
    public async Task The_calendar_of_a_disabled_account_is_gone_until_it_is_enabled()
    {
        var secret = await MakeAsync();
        await SetDisabledAsync(app.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(secret));

        await SetDisabledAsync(null);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(secret));
    }

    [Fact]
    public async Task Unknown_ended_and_malformed_addresses_are_answered_alike()
    {
        var ended = await MakeAsync();
        await MakeAsync();
        var answers = new List<string>();
        foreach (var secret in (string[])[ended, new string('a', 43), "a", new string('a', 5000), "%2E%2E", "é"])
        {
            using var answer = await AskAsync(secret);
            answers.Add($"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        Assert.StartsWith("NotFound", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_eight_addresses_made_at_once_one_is_left()
    {
        var secrets = await Together.RunAsync(8, _ => MakeAsync());

        var found = 0;
        foreach (var secret in secrets)
        {
            found += await StatusAsync(secret) == HttpStatusCode.OK ? 1 : 0;
        }

        Assert.Equal(1, found);
    }

    public void Dispose()
    {
        program.Dispose();
        app.Dispose();
    }

    private async Task<string> MakeAsync() => (await feeds.MakeAsync(account.Id, CancellationToken.None)).Plaintext;

    private Task<HttpResponseMessage> AskAsync(string secret) => program.GetAsync($"/calendar/{secret}.ics");

    private async Task<HttpStatusCode> StatusAsync(string secret)
    {
        using var answer = await AskAsync(secret);
        return answer.StatusCode;
    }

    private async Task SetDisabledAsync(DateTimeOffset? since)
    {
        await using var db = app.CreateDbContext();
        await db.Users.Where(row => row.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, since));
    }
}
