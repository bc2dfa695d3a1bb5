using PostmanDashboard.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser;

[Collection(BrowserFixture.Collection)]
public sealed class SmokeTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task The_dashboard_opens_in_a_browser()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync();

        var response = await page.GotoAsync("/");

        Assert.NotNull(response);
        Assert.InRange(response.Status, 200, 499);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
    }
}
