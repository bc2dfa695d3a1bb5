using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>Pages that stay open while the connection goes, or longer than their session.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class ConnectionTests(BrowserFixture browser)
{
    private const string Circuit = "**/_blazor/**";
    private const string KeepSocket = "globalThis.WebSocket = class extends WebSocket { constructor(...all) { super(...all); globalThis.circuit = this; } };";

    [FactNeeding(Needs.Browser)]
    public async Task A_lost_connection_is_told_and_leaves_a_new_key_readable_and_copyable_until_it_is_back()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var page = await dashboard.NewSignedInPageAsync(account, options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        await page.AddInitScriptAsync(KeepSocket);
        await page.OpenInteractiveAsync("/settings");
        var token = await page.GenerateAsync("Grant system");

        await page.RouteAsync(Circuit, route => route.AbortAsync());
        await page.EvaluateAsync("circuit.close()");

        await Expect(page.GetByText("Connection lost.")).ToBeVisibleAsync();
        await Expect(page.Field("API key")).ToHaveValueAsync(token);
        await page.Button("Copy").ClickAsync();
        await Expect(page.GetByText("Copied.", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(token, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        await page.UnrouteAsync(Circuit);
        await Expect(page.GetByText("Connection lost.")).ToBeHiddenAsync();
        await page.FinishAsync();
        await Expect(page.Row("Grant system")).ToBeVisibleAsync();
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_page_that_is_open_longer_than_its_session_says_so_and_leads_back_after_signing_in()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var page = await dashboard.OpenSettingsAsync(await app.AddAccountAsync("mei@agency.gov.sg"));

        EndSession(app);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your session has ended" })).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync("Your session has ended – Postman");
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await page.SignInAsync(app, "mei@agency.gov.sg");
        await Expect(page).ToHaveURLAsync(new Regex("/settings$"));
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_session_that_ends_takes_no_key_away_that_was_only_just_made()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        var token = await page.GenerateAsync("Grant system");

        EndSession(dashboard.Application);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your session has ended" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Copy this now.")).ToBeVisibleAsync();
        await Expect(page.Field("API key")).ToHaveValueAsync(token);
        await page.Button("Copy").ClickAsync();
        await Expect(page.GetByText("Copied.", new() { Exact = true })).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    /// <summary>Lets a day pass at once, and then the half minute after which open pages look again.</summary>
    private static void EndSession(DashboardApplication application)
    {
        application.Clock.AdjustTime(application.Clock.GetUtcNow().AddHours(24));
        application.Clock.Advance(TimeSpan.FromSeconds(30));
    }
}
