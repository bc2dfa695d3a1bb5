using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>The Settings page while the database fails.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class FailureTests(BrowserFixture browser)
{
    [FactNeeding(Needs.Browser)]
    public async Task Keys_that_could_not_be_loaded_are_loaded_by_trying_again()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        await dashboard.Application.IssueKeyAsync(account);
        await Databases(dashboard).BreakKeysAsync();
        var page = await dashboard.OpenSettingsAsync(account);
        await Expect(page.GetByText("Your keys couldn’t be loaded.")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        await page.Button("Try again").ClickAsync();
        await Expect(page.GetByText("Your keys couldn’t be loaded.")).ToBeVisibleAsync();
        await Databases(dashboard).MendKeysAsync();
        await page.Button("Try again").ClickAsync();

        await Expect(page.Row("Grant system")).ToBeVisibleAsync();
        await Expect(page.Button("Try again")).ToHaveCountAsync(0);
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_key_that_could_not_be_deleted_stays_and_the_dialog_says_so()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        await dashboard.Application.IssueKeyAsync(account);
        var page = await dashboard.OpenSettingsAsync(account);
        await page.ChooseAsync("Grant system", "Delete Grant system");
        await Expect(page.Button("Delete key")).ToBeEnabledAsync();

        await Databases(dashboard).BreakKeysAsync();
        await page.Button("Delete key").ClickAsync();
        // Nobody can say any more who uses it, so a click is too little.
        await page.Field("Type the label to confirm").FillAsync("Grant system");
        await page.Button("Delete key").ClickAsync();
        await Expect(page.GetByText("could not be deleted, so it still works")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await Databases(dashboard).MendKeysAsync();
        await page.Button("Cancel").ClickAsync();

        await Expect(page.Row("Grant system")).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    private static IDbContextFactory<DashboardDbContext> Databases(DashboardBrowser dashboard) =>
        dashboard.Application.Services.GetRequiredService<IDbContextFactory<DashboardDbContext>>();
}
