using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>Several keys at once.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class BulkTests(BrowserFixture browser)
{
    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_contact_who_left_is_replaced_on_all_keys_that_are_chosen_also_after_the_page_went(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        await app.IssueKeyAsync(account, "Grants", contacts: "tan@agency.gov.sg");
        await app.IssueKeyAsync(account, "Payments", contacts: "ops@agency.gov.sg");
        var page = await dashboard.OpenSettingsAsync(account, options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new() { Width = width, Height = 800 };
        });

        await page.Field("Select Grants").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByText("1 selected")).ToBeVisibleAsync();
        await page.Field("Select all keys").CheckAsync();
        await Expect(page.GetByText("2 selected")).ToBeVisibleAsync();
        await page.AssertGoodAsync();

        await page.Button("Replace a contact").ClickAsync();
        await page.Field("Contact to replace").SelectOptionAsync("tan@agency.gov.sg");
        await page.Field("New contact").FillAsync("li@agency.gov.sg");
        await page.AssertGoodAsync();
        await Patience.UntilAsync(
            () => page.EvaluateAsync<bool>("sessionStorage.getItem('bulk') !== null"), () => "What was typed was never kept.");
        // Kept by a message of the server for each of the two.
        await Expect(page.Field("New contact")).ToHaveValueAsync("li@agency.gov.sg");
        await page.ReloadAsync();
        await Expect(page.OpenDialog("Replace a contact of 2 keys")).ToBeVisibleAsync();
        await page.Field("Contact to replace").SelectOptionAsync("tan@agency.gov.sg");
        await page.Field("New contact").FillAsync("li@agency.gov.sg");
        await page.Field("New contact").PressAsync("Enter");

        await Expect(page.Locator(":focus")).ToHaveTextAsync("1 of 2 keys was changed.");
        await Expect(page.GetByText("Payments: tan@agency.gov.sg isn’t one of its contacts.")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        var keys = await app.Services.GetRequiredService<ApiKeyService>().ListAsync(account.Id, CancellationToken.None);
        Assert.Equal(["li@agency.gov.sg"], keys.Single(key => key.Label == "Grants").Contacts);
        dashboard.AssertNoProblems();
    }
}
