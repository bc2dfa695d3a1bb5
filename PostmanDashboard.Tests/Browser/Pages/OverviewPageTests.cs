using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Pages;

/// <summary>The page on which people arrive: without keys, with one, and with fifty of every kind.</summary>
[Collection(BrowserFixture.Pages)]
public sealed class OverviewPageTests(BrowserFixture browser)
{
    private const int Phone = 360;
    private const int Desktop = 1280;

    [FactNeeding(Needs.Browser)]
    public async Task Whoever_has_not_signed_in_is_led_to_do_so_and_arrives_here()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync();

        await page.GotoAsync("/");
        await page.SignInAsync(dashboard.Application, "mei@agency.gov.sg");

        await Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
        await Expect(page).ToHaveURLAsync(dashboard.Address.ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Desktop)]
    public async Task Without_keys_it_leads_to_the_first_one(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard, await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"), theme, width);
        await page.AssertGoodAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Generate a key in Settings" }).ClickAsync();

        await Expect(page.Button("Generate API key")).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Dark, Phone)]
    [InlineData(ColorScheme.Light, Desktop)]
    public async Task One_key_stands_on_the_line_that_leads_to_it(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        await dashboard.Application.IssueKeyAsync(account);
        var page = await OpenAsync(dashboard, account, theme, width);
        await Expect(page.GetByText("No key needs rotating yet")).ToBeVisibleAsync();
        await page.AssertGoodAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Grant system", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Grant system", Level = 1 })).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Phone)]
    [InlineData(ColorScheme.Light, Desktop)]
    [InlineData(ColorScheme.Dark, Desktop)]
    public async Task Fifty_keys_of_every_kind_show_what_needs_attention(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard, await AddFiftyKeysAsync(dashboard.Application), theme, width);

        var items = page.Locator(".attention-item");
        await Expect(items).ToHaveCountAsync(5);
        await Expect(items.First).ToContainTextAsync("A program still calls with “Old grant portal”");
        await page.AssertGoodAsync();
        if (theme == ColorScheme.Light)
        {
            await page.PictureAsync(width == Desktop ? "overview" : "overview-phone");
        }

        await page.Button("Show all 48 keys").ClickAsync();
        await Expect(page.Locator("li.expiry")).ToHaveCountAsync(48);
        await page.AssertGoodAsync();
        dashboard.AssertNoProblems();
    }

    private static async Task<IPage> OpenAsync(DashboardBrowser dashboard, Account account, ColorScheme theme, int width)
    {
        var page = await dashboard.NewSignedInPageAsync(account, options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new ViewportSize { Width = width, Height = 900 };
        });
        await page.OpenInteractiveAsync("/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview", Exact = true })).ToBeVisibleAsync();
        return page;
    }

    /// <summary>48 live keys, of which some expire within days, one that has expired and one that was deleted, both still called,
    /// and a contact that can't be reached.</summary>
    private static async Task<Account> AddFiftyKeysAsync(DashboardApplication app)
    {
        var databases = app.Services.GetRequiredService<IDbContextFactory<DashboardDbContext>>();
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var expired = await app.IssueKeyAsync(account, "Old grant portal", ApiKeyLifetime.Days30);
        app.Clock.Advance(TimeSpan.FromDays(4));
        app.Mail.Refuse("left@agency.gov.sg", new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true));
        await app.IssueKeyAsync(account, "Survey mailer of the department of long names and longer labels", ApiKeyLifetime.Days30, "left@agency.gov.sg");
        app.Clock.Advance(TimeSpan.FromDays(15));
        var old = await app.IssueKeyAsync(account, "Payment notices", ApiKeyLifetime.Days30);
        await app.IssueKeyAsync(account, "Licence renewals", ApiKeyLifetime.Days30);
        await app.IssueKeyAsync(account, "Library reminders", ApiKeyLifetime.Days30);
        app.Clock.Advance(TimeSpan.FromDays(13));
        await databases.AddRotationAsync(account.Id, old.Id, (await app.IssueKeyAsync(account, "Payment notices 2027")).Id, app.Clock.GetUtcNow());
        var deleted = await app.IssueKeyAsync(account, "Test system");
        await app.Services.GetRequiredService<ApiKeyService>().DeleteAsync(account.Id, deleted.Id, new Actor(account.Email!, null), CancellationToken.None);
        var lifetimes = Enum.GetValues<ApiKeyLifetime>();
        for (var number = 1; number <= 43; number++)
        {
            await app.IssueKeyAsync(account, $"System {number:00}", lifetimes[1 + (number % 3)]);
        }

        await app.RunJobsAsync();
        await AddCallsAsync(app, databases, expired.Id, deleted.Id, old.Id);
        return account;
    }

    private static async Task AddCallsAsync(
        DashboardApplication app, IDbContextFactory<DashboardDbContext> databases, Guid expired, Guid deleted, Guid used)
    {
        var now = app.Clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.AddHours(8).DateTime);
        for (var day = 0; day < 30; day++)
        {
            await databases.AddCallsAsync(
                used, today.AddDays(-day), KeyCallOutcome.Accepted, today.AddDays(-day).DayOfWeek is DayOfWeek.Sunday ? 40 : 900 + (day * 37 % 400));
        }

        await databases.AddCallsAsync(expired, today.AddDays(-1), KeyCallOutcome.Expired, 140);
        await databases.AddCallsAsync(expired, today, KeyCallOutcome.Expired, 61);
        await databases.AddCallerAsync(expired, "10.1.2.9", now, refused: 201);
        await databases.AddCallsAsync(deleted, today, KeyCallOutcome.Deleted, 1);
    }
}
