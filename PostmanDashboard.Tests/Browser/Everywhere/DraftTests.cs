using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>What was typed into a form, when its page goes.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class DraftTests(BrowserFixture browser)
{
    private const string Mei = "mei@agency.gov.sg";
    private const string NothingKept = "sessionStorage.getItem('generate') === null";

    private const string CountKept =
        "globalThis.timesKept = 0; const set = Storage.prototype.setItem; " +
        "Storage.prototype.setItem = function (name, value) { set.call(this, name, value); globalThis.timesKept += name === 'generate' ? 1 : 0; };";

    [FactNeeding(Needs.Browser)]
    public async Task A_restarted_server_costs_nothing_that_was_typed_and_the_page_comes_back_by_itself()
    {
        using var folder = new TemporaryFolder();
        var port = DashboardProcess.FreePort();
        var server = await RestartableServer.StartAsync(folder.Path, port);
        try
        {
            await using var context = await (await browser.GetAsync()).NewContextAsync(new() { BaseURL = $"http://127.0.0.1:{port}" });
            var page = await context.NewPageAsync();
            await page.AddInitScriptAsync(CountKept);
            await RestartableServer.SignInAsync(page, Mei);
            await FillAsync(page);
            await page.EvaluateAsync("document.body.dataset.page = 'before'");

            await server.KillAsync();
            await server.DisposeAsync();
            server = await RestartableServer.StartAsync(folder.Path, port);

            await Expect(page.Locator("body:not([data-page]) main[data-interactive]")).ToBeVisibleAsync();
            await AssertFilledAsync(page);
            await page.Button("Generate key").ClickAsync();
            await Expect(page.Field("API key")).ToBeVisibleAsync();
            await WaitUntilAsync(page, NothingKept);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_form_is_filled_again_after_signing_in_anew_but_not_for_another_account()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var page = await dashboard.NewSignedInPageAsync(await app.AddAccountAsync(Mei));
        await page.AddInitScriptAsync(CountKept);
        await page.OpenInteractiveAsync("/settings");
        await FillAsync(page);
        Assert.DoesNotContain("Grant", await page.EvaluateAsync<string>("sessionStorage.getItem('generate')"), StringComparison.Ordinal);

        await SignInAnewAsync(page, app, "lim@agency.gov.sg");
        await Expect(page.Button("Generate API key")).ToBeVisibleAsync();
        await WaitUntilAsync(page, NothingKept);
        await Expect(page.Field("Label")).ToHaveCountAsync(0);

        await page.OpenInteractiveAsync("/settings");
        await FillAsync(page);
        await SignInAnewAsync(page, app, "lim@agency.gov.sg");
        await AssertFilledAsync(page);
        await page.Button("Cancel").ClickAsync();
        await WaitUntilAsync(page, NothingKept);
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task What_was_typed_about_a_key_comes_back_and_never_hides_what_a_colleague_saved_meanwhile()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var account = await app.AddAccountAsync(Mei);
        var key = await app.IssueKeyAsync(account, "Grants");
        var page = await dashboard.NewSignedInPageAsync(account);
        await page.OpenInteractiveAsync($"/settings/keys/{key.Id}");
        await page.Button("Edit Grants").ClickAsync();
        await page.Field("Label").FillAsync("Grant system");
        await WaitUntilAsync(page, "sessionStorage.getItem('edit') !== null");
        await app.Services.GetRequiredService<KeyEditor>().ChangeAsync(
            account.Id, key.Id, new KeyEdit("Permits", [Mei]), TestKeys.By(account), CancellationToken.None);

        await page.ReloadAsync();
        await Expect(page.Field("Label")).ToHaveValueAsync("Grant system");
        await Expect(page.GetByText("This key was changed while you were editing it.")).ToBeVisibleAsync();
        await page.Field("Label").PressAsync("Enter");

        await Expect(page.GetByText("Grant system was saved.")).ToBeVisibleAsync();
        await WaitUntilAsync(page, "sessionStorage.getItem('edit') === null");
        dashboard.AssertNoProblems();
    }

    private static async Task FillAsync(IPage page)
    {
        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await page.Field("Label").FillAsync("Grant system");
        await page.Field("Contact emails").FillAsync("tan@agency.gov.sg");
        await page.Field("Contact emails").PressAsync("Enter");
        await page.Field("30 days").CheckAsync();
        await Expect(page.Button("Remove tan@agency.gov.sg")).ToBeVisibleAsync();
        // Kept by messages of the server, after what is seen: one for each of the three.
        await WaitUntilAsync(page, "globalThis.timesKept >= 3");
    }

    private static async Task AssertFilledAsync(IPage page)
    {
        await Expect(page.Field("Label")).ToHaveValueAsync("Grant system");
        await Expect(page.Button("Remove tan@agency.gov.sg")).ToBeVisibleAsync();
        await Expect(page.Field("30 days")).ToBeCheckedAsync();
    }

    /// <summary>The session ends a day later; the page leads to the sign-in.</summary>
    private static async Task SignInAnewAsync(IPage page, DashboardApplication app, string email)
    {
        app.Clock.AdjustTime(app.Clock.GetUtcNow().AddHours(24));
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await page.SignInAsync(app, email);
        await Expect(page).ToHaveURLAsync(new Regex("/settings$"));
        await page.Locator("main[data-interactive]").WaitForAsync();
    }

    private static Task WaitUntilAsync(IPage page, string condition) => Patience.UntilAsync(
        () => page.EvaluateAsync<bool>(condition), () => $"{condition} never came true.");
}
