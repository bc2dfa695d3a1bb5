using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>An account with far more keys than most.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class ManyKeysTests(BrowserFixture browser)
{
    private const int Many = 200;

    [FactNeeding(Needs.Browser)]
    public async Task One_of_two_hundred_keys_is_found_and_deleted()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser, ("ApiKeys:MaxPerAccount", "200"));
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        for (var number = 1; number <= Many; number++)
        {
            await dashboard.Application.IssueKeyAsync(account, $"System {number:000}");
        }

        var page = await dashboard.OpenSettingsAsync(account);
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(Many);
        await page.Field("Find a key").FillAsync("system 137");
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(1);
        await Expect(page.Row("System 137")).ToBeVisibleAsync();
        await page.ChooseAsync("System 137", "Delete System 137");
        await page.Button("Delete key").ClickAsync();

        await Expect(page.GetByText("No keys match")).ToBeVisibleAsync();
        await page.Field("Find a key").FillAsync("");
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(Many - 1);
        dashboard.AssertNoProblems();
    }
}
