using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>The button that copies a new key, in browsers that don't help.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class CopyTests(BrowserFixture browser)
{
    private const string WithoutClipboard = "delete Navigator.prototype.clipboard;";

    [FactNeeding(Needs.Browser)]
    public async Task Without_a_clipboard_for_scripts_as_on_plain_http_the_key_is_copied_all_the_same()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard, WithoutClipboard);
        var token = await page.GenerateAsync("Grant system");

        await page.Button("Copy").ClickAsync();

        await Expect(page.GetByText("Copied.", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(token, await ReadClipboardAsync(page));
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData("document.execCommand = () => false;")]
    [InlineData("document.execCommand = () => true;")]
    [InlineData("document.execCommand = () => { throw new Error('not here'); };")]
    public async Task Where_nothing_copies_the_key_is_selected_and_the_page_says_what_to_press(string brokenCommand)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard, WithoutClipboard + brokenCommand);
        var token = await page.GenerateAsync("Grant system");

        await page.Button("Copy").ClickAsync();

        await Expect(page.GetByText("press Ctrl+C")).ToBeVisibleAsync();
        await Expect(page.GetByText("Copied.", new() { Exact = true })).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+C");
        Assert.Equal(token, await ReadClipboardAsync(page));
    }

    private static async Task<IPage> OpenAsync(DashboardBrowser dashboard, string beforeAnyScript)
    {
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var page = await dashboard.NewSignedInPageAsync(account, options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        await page.AddInitScriptAsync(beforeAnyScript);
        await page.OpenInteractiveAsync("/settings");
        return page;
    }

    /// <summary>From another page of the same browser, whose scripts are whole.</summary>
    private static async Task<string> ReadClipboardAsync(IPage page)
    {
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/dev/mail");
        await other.BringToFrontAsync();
        return await other.EvaluateAsync<string>("navigator.clipboard.readText()");
    }
}
