using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>What people do about what a key may do: its access, its networks, its pauses.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class KeyLimitsTests(BrowserFixture browser)
{
    private const string Mei = "mei@agency.gov.sg";
    private const int Phone = 390;
    private const int Desktop = 1280;

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Desktop)]
    [InlineData(ColorScheme.Dark, Phone)]
    public async Task The_access_of_a_key_is_changed_on_its_page_and_shown_on_its_row(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync(Mei);
        var key = await dashboard.Application.IssueKeyAsync(account, "Grants");
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, width));
        await page.OpenInteractiveAsync($"/settings/keys/{key.Id}");

        await page.Button("Change access of Grants").ClickAsync();
        await Expect(page.OpenDialog("Access of Grants")).ToBeVisibleAsync();
        await page.GetByLabel("Send only").CheckAsync();
        await page.AssertGoodAsync();
        await page.Button("Save").ClickAsync();

        await Expect(page.GetByText("The access of Grants was saved.")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.OpenInteractiveAsync("/settings");
        await Expect(page.Row("Grants")).ToContainTextAsync("Send only");
        await page.AssertGoodAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Dark, Desktop)]
    [InlineData(ColorScheme.Light, Phone)]
    public async Task The_networks_of_a_key_are_taken_from_its_callers_and_survive_a_page_that_goes(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var account = await app.AddAccountAsync(Mei);
        var key = await app.IssueKeyAsync(account, "Grants");
        await KeyCareTests.Databases(dashboard).AddCallerAsync(key.Id, "203.0.113.9", app.Clock.GetUtcNow(), accepted: 5);
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, width));
        await page.OpenInteractiveAsync($"/settings/keys/{key.Id}");
        await page.Button("Change networks of Grants").ClickAsync();

        await page.Field("Networks").FillAsync("198.51.100.0/24");
        await Expect(page.GetByText("In the last 30 days, this would have rejected:")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.WaitForFunctionAsync("name => sessionStorage.getItem(name) !== null", $"networks {key.Id}");
        await page.OpenInteractiveAsync($"/settings/keys/{key.Id}");
        await Expect(page.Field("Networks")).ToHaveValueAsync("198.51.100.0/24");
        await page.Button("Only from where it is called now").ClickAsync();
        await Expect(page.Field("Networks")).ToHaveValueAsync("203.0.113.9");
        await page.Button("Save").ClickAsync();

        await Expect(page.GetByText("The networks of Grants were saved.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Networks of Grants", new() { Exact = true })).ToContainTextAsync("203.0.113.9/32");
        await page.AssertGoodAsync();
        await page.OpenInteractiveAsync("/settings");
        await Expect(page.Row("Grants")).ToContainTextAsync("1 network");
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Desktop)]
    [InlineData(ColorScheme.Dark, Phone)]
    public async Task A_key_is_paused_from_its_row_and_resumed_on_its_page(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync(Mei);
        var key = await dashboard.Application.IssueKeyAsync(account, "Grants");
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, width));
        await page.OpenInteractiveAsync("/settings");

        await page.ChooseAsync("Grants", "Pause Grants");
        await Expect(page.OpenDialog("Pause Grants?")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.Button("Pause key").ClickAsync();
        await Expect(page.GetByText("Grants is paused. Calls with it are rejected until you resume it.")).ToBeVisibleAsync();
        await Expect(page.Row("Grants")).ToContainTextAsync("Paused");
        await page.AssertGoodAsync();

        await page.OpenInteractiveAsync($"/settings/keys/{key.Id}");
        await page.AssertGoodAsync();
        await page.Button("Resume Grants").ClickAsync();
        await page.Button("Resume key").ClickAsync();
        await Expect(page.GetByText("Grants was resumed. Calls with it are accepted again.")).ToBeVisibleAsync();
        await Expect(page.Button("Pause Grants")).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    private static Action<BrowserNewContextOptions> Look(ColorScheme theme, int width) => options =>
    {
        options.ColorScheme = theme;
        options.ViewportSize = new() { Width = width, Height = 800 };
    };
}
