using System.Globalization;
using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>Everything on the Settings page without a mouse.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class KeyboardTests(BrowserFixture browser)
{
    /// <summary>More than there is to tab through.</summary>
    private const int ManyTabs = 40;

    [FactNeeding(Needs.Browser)]
    public async Task A_key_is_generated_and_deleted_with_tab_enter_and_space()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));

        await PressAsync(page, page.Button("Generate API key"), "Enter");
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Grant system");
        await TabToAsync(page, page.Field("Contact emails"));
        await page.Keyboard.TypeAsync("ops@agency.gov.sg");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Remove ops@agency.gov.sg")).ToBeVisibleAsync();
        await PressAsync(page, page.Button("Generate key"), "Enter");

        await Expect(page.Field("API key")).ToBeFocusedAsync();
        await PressAsync(page, page.Field("I have saved this key"), "Space");
        await Expect(page.Button("Done")).ToBeEnabledAsync();
        await PressAsync(page, page.Button("Done"), "Enter");
        await Expect(page.Row("Grant system")).ToBeVisibleAsync();
        await Expect(page.Button("Generate API key")).ToBeFocusedAsync();

        await PressAsync(page, page.RowMenu("Grant system"), "Enter");
        await PressAsync(page, page.Button("Delete Grant system"), "Enter");
        await Expect(page.Button("Cancel")).ToBeFocusedAsync();
        await PressAsync(page, page.Button("Delete key"), "Space");
        await Expect(page.GetByText("You have no API keys yet")).ToBeVisibleAsync();
        await Expect(page.Button("Generate API key")).ToBeFocusedAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData("/settings", "Generate API key", "Generate API key")]
    [InlineData("/settings/keys/{0}", "Edit Grant system", "Edit Grant system")]
    [InlineData("/settings/keys/{0}", "Delete Grant system", "Delete Grant system?")]
    public async Task Escape_closes_a_dialog_and_leads_back_to_what_opened_it(string path, string opener, string dialog)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var key = await dashboard.Application.IssueKeyAsync(account);
        var page = await dashboard.NewSignedInPageAsync(account);
        await page.OpenInteractiveAsync(string.Format(CultureInfo.InvariantCulture, path, key.Id));

        await PressAsync(page, page.Button(opener), "Enter");
        await Expect(page.OpenDialog(dialog)).ToBeVisibleAsync();
        await Expect(page.OpenDialog(dialog).Locator(":focus")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.OpenDialog(dialog)).ToHaveCountAsync(0);
        await Expect(page.Button(opener)).ToBeFocusedAsync();
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task Escape_asks_before_what_was_typed_is_lost_and_a_refusal_leads_to_the_field_with_the_fault()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();

        // Not a chip yet, but typed.
        await page.Field("Contact emails").PressSequentiallyAsync("li@agency.gov.sg");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByText("Discard what you typed?")).ToBeVisibleAsync();
        await Expect(page.Button("Keep editing")).ToBeFocusedAsync();
        await page.AssertGoodAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await Expect(page.Button("Remove li@agency.gov.sg")).ToBeVisibleAsync();

        await page.Button("Generate key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await Expect(page.Field("Label")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Keyboard.TypeAsync("Grant system");
        await page.Button("Remove li@agency.gov.sg").ClickAsync();
        await page.Button("Remove mei@agency.gov.sg").ClickAsync();
        await page.Field("Label").PressAsync("Enter");
        await Expect(page.Field("Contact emails")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");
        await page.Button("Discard").ClickAsync();
        await Expect(page.OpenDialog("Generate API key")).ToHaveCountAsync(0);
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task What_is_chosen_from_the_menu_of_a_row_closes_it_and_leads_back_to_it()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        await dashboard.Application.IssueKeyAsync(account);
        var page = await dashboard.OpenSettingsAsync(account);

        await PressAsync(page, page.RowMenu("Grant system"), "Enter");
        await PressAsync(page, page.Button("Edit Grant system"), "Enter");
        await Expect(page.OpenDialog("Edit Grant system").Locator(":focus")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.RowMenu("Grant system")).ToBeFocusedAsync();
        await Expect(page.Button("Edit Grant system")).ToBeHiddenAsync();
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task Tab_stays_inside_an_open_dialog()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();

        for (var tab = 0; tab < ManyTabs; tab++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(page.OpenDialog("Generate API key").Locator(":focus")).ToHaveCountAsync(1);
    }

    [FactNeeding(Needs.Browser)]
    public async Task The_link_that_skips_to_the_content_does()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));

        await page.GetByText("Skip to content").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");

        await Expect(page.Button("Generate API key")).ToBeFocusedAsync();
    }

    private static async Task PressAsync(IPage page, ILocator target, string key)
    {
        await TabToAsync(page, target);
        await page.Keyboard.PressAsync(key);
    }

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var tab = 0; tab < ManyTabs && !await IsFocusedAsync(target); tab++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(target).ToBeFocusedAsync();
    }

    private static Task<bool> IsFocusedAsync(ILocator target) => target.EvaluateAsync<bool>("element => element === document.activeElement");
}
