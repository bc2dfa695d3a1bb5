using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Accounts.SignIn.Limits;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn.Limits;

/// <summary>What a browser that has signed in before has ahead of a stranger's, and for which account.</summary>
public sealed class KnownBrowserTests : IDisposable
{
    private const string Email = "mei@agency.gov.sg";
    private const string CookieName = "Postman.Browser";

    private readonly DashboardApplication app = new();
    private readonly List<Visitor> visitors = [];

    public void Dispose()
    {
        visitors.ForEach(visitor => visitor.Dispose());
        app.Dispose();
    }

    [Fact]
    public async Task A_stranger_who_uses_up_the_codes_of_an_address_does_not_hinder_a_browser_that_has_signed_in_to_it()
    {
        var mei = await SignInAndOutAsync(Email);
        await app.UseUpCodesAsync(Email);

        var stranger = await Visit().AskAsync(Email);
        var known = await mei.SignInAsync(Email);

        Assert.StartsWith("This address has had 10 codes in an hour in new browsers.", stranger.Problem, StringComparison.Ordinal);
        Assert.Equal("/", known.Location);
        Assert.True(await mei.IsSignedInAsync());
    }

    [Fact]
    public async Task A_stranger_s_code_of_a_moment_ago_does_not_keep_it_waiting()
    {
        var mei = await SignInAndOutAsync(Email);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Visit().AskAsync(Email);

        Assert.Equal("/", (await mei.SignInAsync(Email)).Location);
    }

    [Fact]
    public async Task Its_own_codes_are_one_in_thirty_seconds_and_ten_an_hour()
    {
        var mei = await SignInAndOutAsync(Email);
        await mei.AskAsync(Email);
        var soon = await mei.AskAsync(Email);
        for (var number = 0; number < 9; number++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Null((await mei.AskAsync(Email)).Problem);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await mei.AskAsync(Email);
        var colleague = await Visit().AskAsync(Email);

        Assert.EndsWith("you can send a new one in 30 seconds.", soon.Problem, StringComparison.Ordinal);
        Assert.Equal("This address has had 10 codes in an hour. You can send the next one in 50 minutes.", late.Problem);
        Assert.Null(colleague.Problem);
    }

    [Fact]
    public async Task Colleagues_who_share_a_mailbox_do_not_wait_for_each_other()
    {
        var (mei, li) = (await SignInAndOutAsync(Email), await SignInAndOutAsync(Email));

        Assert.Equal(("/", "/"), ((await mei.SignInAsync(Email)).Location, (await li.SignInAsync(Email)).Location));
    }

    [Fact]
    public async Task All_known_browsers_together_have_fifty_codes_an_hour_and_are_strangers_beyond()
    {
        var mei = await SignInAndOutAsync(Email);
        await AddCodesAsync(Email, 50);

        Assert.Null((await mei.AskAsync(Email)).Problem);
        await using var db = app.CreateDbContext();
        Assert.Null((await db.SignInCodes.OrderByDescending(code => code.CreatedAt).FirstAsync()).Browser);
    }

    [Fact]
    public async Task To_another_account_it_is_new()
    {
        var mei = await SignInAndOutAsync(Email);
        await SignInAndOutAsync("li@agency.gov.sg");
        await app.UseUpCodesAsync("li@agency.gov.sg");

        Assert.StartsWith("This address has had 10 codes", (await mei.AskAsync("li@agency.gov.sg")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_keeps_several_accounts_in_mind()
    {
        var mei = await SignInAndOutAsync(Email);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await mei.SignInAsync("grants@agency.gov.sg");
        await SignOutAsync(mei);
        await app.UseUpCodesAsync(Email);
        await app.UseUpCodesAsync("grants@agency.gov.sg");

        Assert.Null((await mei.AskAsync(Email)).Problem);
        Assert.Null((await mei.AskAsync("grants@agency.gov.sg")).Problem);
    }

    [Theory]
    [InlineData(180, true)]
    [InlineData(179, false)]
    public async Task Half_a_year_after_its_last_sign_in_it_is_new(int days, bool isNew)
    {
        var mei = await SignInAndOutAsync(Email);
        app.Clock.Advance(TimeSpan.FromDays(days));
        await app.UseUpCodesAsync(Email);

        Assert.Equal(isNew, (await mei.AskAsync(Email)).Problem is not null);
    }

    [Fact]
    public async Task It_is_new_to_an_account_whose_sessions_were_all_ended()
    {
        var mei = await SignInAndOutAsync(Email);
        await using (var db = app.CreateDbContext())
        {
            await db.Users.ExecuteUpdateAsync(set => set.SetProperty(account => account.SecurityStamp, "ANOTHER"));
        }

        await app.UseUpCodesAsync(Email);

        Assert.NotNull((await mei.AskAsync(Email)).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("Q2ZESjhLeHh4eHh4eHh4")]
    public async Task A_cookie_that_is_not_ours_is_not_a_cookie(string value)
    {
        await SignInAndOutAsync(Email);
        await app.UseUpCodesAsync(Email);
        var eve = Visit();
        eve.Cookies.Keep([new SetCookieHeaderValue(CookieName, value)]);

        Assert.NotNull((await eve.AskAsync(Email)).Problem);
    }

    [Fact]
    public async Task The_cookie_tells_no_script_and_nobody_else_who_signed_in()
    {
        var mei = Visit();
        var entered = await mei.SignInAsync(Email);

        var cookie = Assert.Single(entered.SetCookies, cookie => cookie.Name == CookieName);
        var opened = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("PostmanDashboard.Accounts.SignIn.BrowserCookie")
            .Unprotect(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(cookie.Value.ToString()));
        Assert.True(cookie.HttpOnly);
        Assert.Equal(KnownBrowser.Lifetime, cookie.MaxAge);
        Assert.DoesNotContain("agency", System.Text.Encoding.UTF8.GetString(opened), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(16 + 24, opened.Length);
    }

    [Fact]
    public async Task On_HTTPS_no_sister_subdomain_can_set_the_cookie()
    {
        using var mei = new Visitor(app, site: "https://localhost");

        var cookie = Assert.Single((await mei.SignInAsync(Email)).SetCookies, cookie => cookie.Name.ToString().EndsWith(CookieName, StringComparison.Ordinal));

        Assert.Equal(("__Host-Postman.Browser", true, "/", false), (cookie.Name.Value, cookie.Secure, cookie.Path.Value, cookie.Domain.HasValue));
    }

    [Fact]
    public void A_browser_remembers_the_last_eight_accounts()
    {
        var browser = new KnownBrowser(Guid.NewGuid(), []);
        for (var number = 0; number < 10; number++)
        {
            browser = browser.With($"mei{number}@agency.gov.sg", "stamp", TestClock.Start).With("grants@agency.gov.sg", "stamp", TestClock.Start);
        }

        Assert.Equal(KnownBrowser.MaxAccounts, browser.Accounts.Count);
        Assert.True(browser.Knows("Grants@Agency.gov.sg", "stamp", TestClock.Start));
        Assert.False(browser.Knows("mei0@agency.gov.sg", "stamp", TestClock.Start));
    }

    private Visitor Visit()
    {
        var visitor = new Visitor(app);
        visitors.Add(visitor);
        return visitor;
    }

    private async Task<Visitor> SignInAndOutAsync(string email)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var visitor = Visit();
        Assert.Equal("/", (await visitor.SignInAsync(email)).Location);
        await SignOutAsync(visitor);
        Assert.False(await visitor.IsSignedInAsync());
        return visitor;
    }

    private static async Task SignOutAsync(Visitor visitor) => await visitor.PressAsync(await visitor.OpenAsync("/settings"), "Sign out");

    /// <summary>What sign-ins in other known browsers of an account left behind.</summary>
    private async Task AddCodesAsync(string email, int count)
    {
        await using var db = app.CreateDbContext();
        db.SignInCodes.AddRange(Enumerable.Range(0, count).Select(number => new SignInCode
        {
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            FlowHash = BitConverter.GetBytes(number),
            CodeHash = [],
            Network = null,
            Browser = Guid.NewGuid(),
            LinkHash = null,
            CreatedAt = app.Clock.GetUtcNow(),
            ExpiresAt = app.Clock.GetUtcNow(),
        }));
        await db.SaveChangesAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
