using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Accounts;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.Sessions;

/// <summary>How long a session holds, and what ends it.</summary>
public sealed class SessionTests : IDisposable
{
    private const string Email = "mei@agency.gov.sg";
    private const string SessionCookie = "Postman.Session";

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly DashboardApplication app = new();
    private readonly Visitor mei;

    public SessionTests() => mei = new Visitor(app);

    public void Dispose()
    {
        mei.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task The_cookie_lasts_a_day_and_is_kept_from_scripts_and_from_strange_pages()
    {
        var entered = await mei.SignInAsync(Email);

        var cookie = Assert.Single(entered.SetCookies, cookie => cookie.Name == SessionCookie);
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteMode.Lax, cookie.SameSite);
        Assert.Equal("/", cookie.Path.Value);
        Assert.Equal(TestClock.Start.AddHours(24), cookie.Expires);
        Assert.False(cookie.Secure);
    }

    [Fact]
    public async Task Over_https_every_cookie_is_secure()
    {
        using var visitor = new Visitor(app, site: "https://localhost");

        var asked = await visitor.AskAsync(Email);
        var entered = await visitor.EnterAsync(app.Mail.LastCode(Email));

        Assert.All(asked.SetCookies.Concat(entered.SetCookies).Where(cookie => cookie.Name.Value!.StartsWith("Postman.", StringComparison.Ordinal)), cookie =>
            Assert.True(cookie.Secure && cookie.HttpOnly && cookie.SameSite == SameSiteMode.Lax, $"{cookie}"));
        Assert.Contains(entered.SetCookies, cookie => cookie.Name == SessionCookie);
    }

    [Fact]
    public async Task Signing_in_takes_the_cookie_of_the_code_away()
    {
        await mei.AskAsync(Email);
        var cookie = mei.Cookies.Find("Postman.SignIn");

        await mei.EnterAsync(app.Mail.LastCode(Email));

        Assert.Equal("/sign-in", cookie!.Path.Value);
        Assert.Equal(TimeSpan.FromMinutes(10), cookie.MaxAge);
        Assert.Null(mei.Cookies.Find("Postman.SignIn"));
    }

    [Fact]
    public async Task A_session_ends_after_24_hours_also_when_nobody_used_it()
    {
        await mei.SignInAsync(Email);

        app.Clock.Advance(TimeSpan.FromHours(24) - Instant);
        using var copy = Copy(mei);
        var before = await copy.IsSignedInAsync();
        app.Clock.Advance(Instant);

        Assert.True(before);
        Assert.False(await mei.IsSignedInAsync());
    }

    [Fact]
    public async Task Use_does_not_prolong_a_session()
    {
        await mei.SignInAsync(Email);
        for (var hour = 0; hour < 23; hour++)
        {
            app.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(hour));
            Assert.True(await mei.IsSignedInAsync());
        }

        app.Clock.Advance(TestClock.Start.AddHours(24) - Instant - app.Clock.GetUtcNow());
        var before = await mei.IsSignedInAsync();
        app.Clock.Advance(Instant);

        Assert.True(before);
        Assert.False(await mei.IsSignedInAsync());
        Assert.Equal(TestClock.Start.AddHours(24), mei.Cookies.Find(SessionCookie)!.Expires);
    }

    [Fact]
    public async Task A_disabled_account_loses_its_session_at_once_and_for_good()
    {
        await mei.SignInAsync(Email);
        using var copy = Copy(mei);
        await SetDisabledAsync(app.Clock.GetUtcNow());
        var disabled = await copy.IsSignedInAsync();
        await SetDisabledAsync(null);

        Assert.False(disabled);
        Assert.False(await mei.IsSignedInAsync());
    }

    [Fact]
    public async Task A_disabled_account_cannot_sign_in_until_it_is_enabled()
    {
        await app.AddAccountAsync(Email);
        await SetDisabledAsync(app.Clock.GetUtcNow());

        var refused = await mei.SignInAsync(Email);
        await SetDisabledAsync(null);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var enabled = await mei.SignInAsync(Email);

        Assert.Equal("This account is disabled. Ask your administrator to enable it.", refused.Problem);
        Assert.DoesNotContain(refused.SetCookies, cookie => cookie.Name == SessionCookie);
        Assert.Equal("/", enabled.Location);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await mei.SignInAsync(Email);

        var left = await mei.PressAsync(await mei.OpenAsync("/settings"), "Sign out");
        var page = await mei.OpenAsync(left.Location!);

        Assert.Equal("You are signed out.", page.Notice);
        Assert.False(await mei.IsSignedInAsync());
    }

    [Fact]
    public async Task A_copy_of_the_cookie_is_worth_nothing_after_signing_out_and_a_colleague_at_the_same_mailbox_stays_signed_in()
    {
        using var colleague = new Visitor(app);
        await mei.SignInAsync(Email);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await colleague.SignInAsync(Email);
        // Looked at again after a minute, the cookie is written again, and is still of the same session.
        using var early = Copy(mei);
        await mei.OpenAsync("/settings");
        using var late = Copy(mei);
        Assert.NotEqual(early.Cookies.Find(SessionCookie)!.Value, late.Cookies.Find(SessionCookie)!.Value);

        await mei.PressAsync(await mei.OpenAsync("/settings"), "Sign out");

        Assert.False(await early.IsSignedInAsync());
        Assert.False(await late.IsSignedInAsync());
        Assert.True(await colleague.IsSignedInAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await mei.SignInAsync(Email);
        Assert.True(await mei.IsSignedInAsync());
    }

    [Fact]
    public async Task What_was_signed_out_of_is_forgotten_once_its_cookie_has_run_out()
    {
        await SignInAndOutAsync();
        app.Clock.Advance(TimeSpan.FromHours(24));
        await SignInAndOutAsync();

        await using var db = app.CreateDbContext();
        Assert.Equal(app.Clock.GetUtcNow().AddHours(24), (await db.EndedSessions.SingleAsync()).ForgottenAt);
    }

    [Fact]
    public async Task A_strange_page_signs_nobody_out()
    {
        await mei.SignInAsync(Email);

        var posted = await mei.PostAsync("/sign-out");
        var made = await mei.PostAsync("/sign-out", ("__RequestVerificationToken", "made-up"));
        var linked = await mei.OpenAsync("/sign-out");

        Assert.Equal("/", posted.Location);
        Assert.Equal("/", made.Location);
        Assert.NotEqual(HttpStatusCode.OK, linked.Status);
        Assert.True(await mei.IsSignedInAsync());
    }

    [Fact]
    public async Task A_changed_cookie_is_not_a_session()
    {
        await mei.SignInAsync(Email);
        var cookie = mei.Cookies.Find(SessionCookie)!;
        var value = cookie.Value.Value!;
        var middle = value.Length / 2;

        mei.Cookies.Keep([new SetCookieHeaderValue(SessionCookie, $"{value[..middle]}{(value[middle] == 'A' ? 'B' : 'A')}{value[(middle + 1)..]}")]);

        Assert.False(await mei.IsSignedInAsync());
    }

    [Fact]
    public async Task A_restart_signs_nobody_out_and_loses_no_key()
    {
        await mei.SignInAsync(Email);
        await mei.OpenAsync("/settings");
        Account account;
        await using (var db = app.CreateDbContext())
        {
            account = await db.Users.SingleAsync();
        }

        var token = (await app.IssueKeyAsync(account)).Token;
        var asking = new Visitor(app);
        await asking.AskAsync("tan@agency.gov.sg");
        var code = app.Mail.LastCode("tan@agency.gov.sg");

        await using var restarted = app.Restart();
        using var after = new Visitor(restarted) { Cookies = mei.Cookies };
        using var entering = new Visitor(restarted) { Cookies = asking.Cookies };
        using var program = restarted.CreateClient(token);
        asking.Dispose();

        Assert.True(await after.IsSignedInAsync());
        Assert.Equal("/", (await entering.EnterAsync(code)).Location);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/v1/api-keys/current")).StatusCode);
    }

    private async Task SignInAndOutAsync()
    {
        await mei.SignInAsync(Email);
        await mei.PressAsync(await mei.OpenAsync("/settings"), "Sign out");
    }

    private async Task SetDisabledAsync(DateTimeOffset? since)
    {
        await using var db = app.CreateDbContext();
        (await db.Users.SingleAsync()).DisabledAt = since;
        await db.SaveChangesAsync();
    }

    private Visitor Copy(Visitor original)
    {
        var copy = new Visitor(app);
        copy.Cookies.Keep(original.Cookies.All);
        return copy;
    }
}
