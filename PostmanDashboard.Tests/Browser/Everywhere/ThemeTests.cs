using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>Light and dark.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class ThemeTests(BrowserFixture browser)
{
    private const string Switch = "Switch between light and dark";

    [TheoryNeeding(Needs.Browser)]
    [InlineData("/sign-in")]
    [InlineData("/settings")]
    public async Task The_theme_follows_the_system_until_it_is_switched_and_the_choice_is_remembered(string path)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var page = path == "/sign-in" ? await dashboard.NewPageAsync() : await dashboard.NewSignedInPageAsync(account);
        await page.GotoAsync(path);
        await ExpectAsync(page, "light");

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await ExpectAsync(page, "dark");
        await page.Button(Switch).ClickAsync();
        await ExpectAsync(page, "light");
        await page.ReloadAsync();
        await ExpectAsync(page, "light");
        await page.Button(Switch).ClickAsync();
        await ExpectAsync(page, "dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await ExpectAsync(page, "dark");
        dashboard.AssertNoProblems();
    }

    private static async Task ExpectAsync(IPage page, string theme)
    {
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", theme == "dark" ? "rgb(17, 21, 27)" : "rgb(245, 247, 250)");
    }
}
