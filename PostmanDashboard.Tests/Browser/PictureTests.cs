using Microsoft.Playwright;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser;

/// <summary>What the documentation shows is there to be shown. With <c>POSTMAN_PICTURES=1</c> this is also how its pictures are made.</summary>
[Collection(BrowserFixture.Pages)]
public sealed class PictureTests(BrowserFixture browser)
{
    private const string Mei = "mei.tan@agency.gov.sg";

    [FactNeeding(Needs.Browser)]
    public async Task The_page_that_asks_for_an_address()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync(options => options.ViewportSize = new() { Width = 960, Height = 480 });

        await page.GotoAsync("/sign-in");

        await Expect(page.Field("Email address")).ToBeFocusedAsync();
        await page.PictureAsync("sign-in");
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData("settings", ColorScheme.Light, 1280, 640)]
    [InlineData("settings-dark", ColorScheme.Dark, 1280, 640)]
    [InlineData("settings-phone", ColorScheme.Light, 360, 740)]
    public async Task The_keys_of_an_account(string name, ColorScheme theme, int width, int height)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await AddKeysAsync(dashboard);

        var page = await dashboard.OpenSettingsAsync(account, options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new() { Width = width, Height = height };
        });

        await Expect(page.GetByRole(AriaRole.Rowheader).GetByRole(AriaRole.Link)).ToHaveTextAsync(
            ["Survey mailer", "Grant portal", "Payment notices", "Old grant portal"]);
        await page.PictureAsync(name);
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_key_on_its_way_and_shown_once()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await AddKeysAsync(dashboard);
        var page = await dashboard.OpenSettingsAsync(account, options => options.ViewportSize = new() { Width = 960, Height = 640 });

        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await page.Field("Label").FillAsync("Licence renewals");
        await page.Field("Contact emails").FillAsync("licence-ops@agency.gov.sg");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Remove licence-ops@agency.gov.sg")).ToBeVisibleAsync();
        await page.PictureAsync("generate");
        await page.Button("Generate key").ClickAsync();
        await Expect(page.Field("API key")).ToBeFocusedAsync();
        // Plainly an example, so that no picture of ours looks like a leak.
        await page.Field("API key").EvaluateAsync("field => field.value = 'pgsg_' + 'EXAMPLE'.repeat(7)");
        await page.PictureAsync("reveal");
    }

    /// <summary>A key that expires soon, one that has expired, and two in good health: one of them used just now.</summary>
    private static async Task<Account> AddKeysAsync(DashboardBrowser dashboard)
    {
        var app = dashboard.Application;
        var account = await app.AddAccountAsync(Mei);
        await app.IssueKeyAsync(account, "Old grant portal", ApiKeyLifetime.Days60, Mei);
        app.Clock.Advance(TimeSpan.FromDays(40));
        await app.IssueKeyAsync(account, "Survey mailer", ApiKeyLifetime.Days30, Mei, "surveys@agency.gov.sg");
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.IssueKeyAsync(account, "Payment notices", ApiKeyLifetime.SixMonths, "finance-it@agency.gov.sg", Mei);
        app.Clock.Advance(TimeSpan.FromDays(20));
        var used = await app.IssueKeyAsync(account, "Grant portal", ApiKeyLifetime.SixMonths, Mei, "grants@agency.gov.sg");
        app.Clock.Advance(TimeSpan.FromHours(50));
        await CallAsync(dashboard, used.Token);
        return account;
    }

    private static async Task CallAsync(DashboardBrowser dashboard, ApiKeyToken token)
    {
        using var program = new HttpClient { BaseAddress = dashboard.Address };
        program.DefaultRequestHeaders.Authorization = new("Bearer", token.Plaintext);
        using var answer = await program.GetAsync("/v1/api-keys/current");
        Assert.True(answer.IsSuccessStatusCode);
        // Uses are written every few seconds.
        dashboard.Application.Clock.Advance(TimeSpan.FromMinutes(4));
    }
}
