using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>A key is replaced while two programs use it, from the first click to the last, and neither is refused a call.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class RotationTests(BrowserFixture browser)
{
    private const string KeepSocket = "globalThis.WebSocket = class extends WebSocket { constructor(...all) { super(...all); globalThis.circuit = this; } };";

    [FactNeeding(Needs.Browser)]
    public async Task The_whole_rotation_with_two_programs_reloads_lost_connections_a_second_tab_and_a_night_between()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var old = await dashboard.Application.IssueKeyAsync(account, "Grants");
        using var grants = new CallingProgram(dashboard.Address, "127.0.0.1", "grants/1.4");
        using var surveys = new CallingProgram(dashboard.Address, "127.0.0.2", "surveys/2.0");
        await CallAsync(grants, old.Token.Plaintext);
        await CallAsync(surveys, old.Token.Plaintext);
        WriteCalls(dashboard);

        var page = await OpenAsync(dashboard, account, "/settings");
        await page.Button("Rotate Grants").ClickAsync();
        var replacement = await CreateAsync(page);
        var second = await page.Context.NewPageAsync();
        await second.OpenInteractiveAsync(page.Url);
        await Expect(Readiness(second)).ToContainTextAsync("Not yet");

        await SwitchAsync(dashboard, page, grants, surveys, old.Token.Plaintext, replacement);
        await WaitAsync(dashboard, page, second);
        await FinishAsync(dashboard, account, page.Url);
        Assert.Equal(HttpStatusCode.Unauthorized, await grants.CallAsync(old.Token.Plaintext));
        await CallAsync(grants, replacement);
        await CallAsync(surveys, replacement);
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task Every_state_of_the_page_can_be_used_by_everyone(int width, ColorScheme theme)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var old = (await app.IssueKeyAsync(account, "Grants")).Id;
        var page = await OpenAsync(dashboard, account, $"/settings/keys/{old}/rotate", options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new() { Width = width, Height = 900 };
        });
        // One of each state is enough for the papers.
        string? Picture(string state) => (width, theme) == (1280, ColorScheme.Light) ? $"rotate-{state}" : null;

        await LookAsync(page, "Create replacement", picture: null);

        var replacement = await RotateAsync(app, account, old);
        var databases = app.Services.GetRequiredService<IDbContextFactory<DashboardDbContext>>();
        await databases.CallAsync(replacement, app.Clock.GetUtcNow(), "10.1.2.3", "grants/1.4");
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        await databases.CallAsync(old, app.Clock.GetUtcNow(), "10.1.2.9", "surveys/2.0 (an agent that says a great deal about itself; as some do)");
        app.Clock.Advance(TimeSpan.FromSeconds(3));
        await Expect(Readiness(page)).ToContainTextAsync("Something still called with “Grants”");
        await LookAsync(page, "Stop rotation", Picture("switch"));

        await MoveOnAsync(dashboard, page, TimeSpan.FromHours(5), "Quiet for 5 hours");
        await LookAsync(page, "Stop rotation", Picture("quiet"));
        await page.Button("I think it leaked").ClickAsync();
        await LookAsync(page, "Delete now", Picture("leak"));
        await page.Button("Delete now").ClickAsync();
        await Expect(page.Field("Type the label to confirm")).ToBeVisibleAsync();
        await LookAsync(page, "Delete key", Picture("delete"));
        await page.Button("Cancel").ClickAsync();

        await page.OpenInteractiveAsync("/settings");
        await Expect(page.GetByText("Being replaced by Grants (2) — quiet for 5 hours.")).ToBeVisibleAsync();
        await LookAsync(page, "Generate API key", Picture("pair"));
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_leak_is_two_clicks_from_the_row()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        await dashboard.Application.IssueKeyAsync(account, "Grants");
        var page = await OpenAsync(dashboard, account, "/settings");

        await page.ChooseAsync("Grants", "I think Grants leaked");
        await Expect(page.OpenDialog("Has Grants leaked?")).ToContainTextAsync("No calls with it in the last 7 days.");
        await page.Button("Replace first").ClickAsync();

        await Expect(page.GetByText("Act quickly: the leaked key works")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("Act quickly: the leaked key works")).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    private static async Task<string> CreateAsync(IPage page)
    {
        await Expect(page.Field("Label")).ToHaveValueAsync("Grants (2)");
        await ReconnectAsync(page);
        await page.WhileBecomingInteractiveAsync(() => page.ReloadAsync());
        await page.Button("Create replacement").ClickAsync();
        var token = await page.Field("API key").InputValueAsync();
        Assert.True(ApiKeyToken.TryParse(token, out _));
        // Shown once, whatever the connection does meanwhile.
        await ReconnectAsync(page);
        await Expect(page.Field("API key")).ToHaveValueAsync(token);
        await page.FinishAsync();
        await Expect(CurrentStep(page)).ToContainTextAsync("Switch your systems");
        await Expect(Readiness(page)).ToContainTextAsync("“Grants (2)” hasn’t been used yet.");
        return token;
    }

    private static async Task SwitchAsync(
        DashboardBrowser dashboard, IPage page, CallingProgram grants, CallingProgram surveys, string old, string replacement)
    {
        dashboard.Application.Clock.Advance(TimeSpan.FromMinutes(1));
        await CallAsync(grants, replacement);
        dashboard.Application.Clock.Advance(TimeSpan.FromMinutes(1));
        await CallAsync(surveys, old);
        WriteCalls(dashboard);
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "New key: Grants (2)" })).ToContainTextAsync("from 127.0.0.1");
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Old key: Grants" })).ToContainTextAsync("from 127.0.0.2");
        await Expect(page.GetByRole(AriaRole.Paragraph).Filter(new() { HasText = "1 program still uses the old key" }))
            .ToContainTextAsync("127.0.0.2 (surveys/2.0)");
        await Expect(page.Row("127.0.0.1 (grants/1.4)")).ToContainTextAsync("Switched");
        await Expect(Readiness(page)).ToContainTextAsync("Something still called with “Grants”");

        await ReconnectAsync(page);
        await page.WhileBecomingInteractiveAsync(() => page.ReloadAsync());
        await Expect(page.Row("127.0.0.2 (surveys/2.0)")).ToContainTextAsync("Still the old key");
        dashboard.Application.Clock.Advance(TimeSpan.FromMinutes(1));
        await CallAsync(surveys, replacement);
        WriteCalls(dashboard);
        await Expect(page.Row("127.0.0.2 (surveys/2.0)")).ToContainTextAsync("Switched");
        await Expect(page.GetByText("still uses the old key")).ToHaveCountAsync(0);
    }

    private static async Task WaitAsync(DashboardBrowser dashboard, IPage page, IPage second)
    {
        await MoveOnAsync(dashboard, page, TimeSpan.FromHours(5), "Quiet for 5 hours");
        await Expect(Readiness(page)).ToContainTextAsync("it is safe to delete in 19 hours");
        await Expect(Readiness(second)).ToContainTextAsync("Quiet for 5 hours");
        await Expect(CurrentStep(page)).ToContainTextAsync("Delete the old key");
        await ReconnectAsync(page);
        await page.WhileBecomingInteractiveAsync(() => page.ReloadAsync());
        await Expect(Readiness(page)).ToContainTextAsync("Quiet for 5 hours");

        // Before it is safe, one click is too little.
        await page.Button("Delete Grants…").ClickAsync();
        await Expect(page.OpenDialog("Delete Grants?")).ToContainTextAsync("127.0.0.2 (surveys/2.0)");
        await Expect(page.Button("Delete key")).ToBeDisabledAsync();
        await page.Button("Cancel").ClickAsync();
    }

    /// <summary>The next day, signed in again, in two tabs.</summary>
    private static async Task FinishAsync(DashboardBrowser dashboard, Account account, string address)
    {
        dashboard.Application.Clock.AdjustTime(dashboard.Application.Clock.GetUtcNow().AddHours(20));
        var page = await OpenAsync(dashboard, account, address);
        var second = await page.Context.NewPageAsync();
        await second.OpenInteractiveAsync(address);
        await Expect(Readiness(page)).ToContainTextAsync("Safe to delete");

        await page.Button("Delete Grants…").ClickAsync();
        await Expect(page.OpenDialog("Delete Grants?")).ToContainTextAsync("now uses “Grants (2)”");
        await Expect(page.Field("Type the label to confirm")).ToHaveCountAsync(0);
        await page.Button("Delete key").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Grants is replaced" })).ToBeFocusedAsync();
        await page.AssertAccessibleAsync();
        dashboard.Application.Clock.Advance(TimeSpan.FromSeconds(3));
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Grants is replaced" })).ToBeVisibleAsync();
    }

    private static ILocator CurrentStep(IPage page) => page.Locator("[aria-current=step]");

    private static ILocator Readiness(IPage page) => page.Locator(".readiness");

    private static async Task<IPage> OpenAsync(
        DashboardBrowser dashboard, Account account, string path, Action<BrowserNewContextOptions>? change = null)
    {
        var page = await dashboard.NewSignedInPageAsync(account, change);
        await page.Context.AddInitScriptAsync(KeepSocket);
        await page.OpenInteractiveAsync(path);
        return page;
    }

    private static async Task CallAsync(CallingProgram program, string token) => Assert.Equal(HttpStatusCode.OK, await program.CallAsync(token));

    /// <summary>Calls are written every few seconds, and the page looks again every three.</summary>
    private static void WriteCalls(DashboardBrowser dashboard)
    {
        dashboard.Application.Clock.Advance(TimeSpan.FromSeconds(6));
        dashboard.Application.Clock.Advance(TimeSpan.FromSeconds(6));
    }

    /// <summary>Lets time pass at once, as over lunch, and then the three seconds after which the page looks again.</summary>
    private static async Task MoveOnAsync(DashboardBrowser dashboard, IPage page, TimeSpan time, string says)
    {
        dashboard.Application.Clock.AdjustTime(dashboard.Application.Clock.GetUtcNow() + time);
        dashboard.Application.Clock.Advance(TimeSpan.FromSeconds(3));
        await Expect(Readiness(page)).ToContainTextAsync(says);
    }

    private static async Task ReconnectAsync(IPage page)
    {
        await page.EvaluateAsync("globalThis.lost = circuit; circuit.close();");
        // Our policy for scripts allows no WaitForFunctionAsync.
        await page.EvaluateAsync(
            "new Promise(done => { const look = () => circuit !== lost && circuit.readyState === WebSocket.OPEN ? done() : setTimeout(look, 50); look(); })");
        await Expect(page.GetByText("Connection lost.")).ToBeHiddenAsync();
    }

    private static async Task<Guid> RotateAsync(DashboardApplication app, Account account, Guid old)
    {
        var request = new NewApiKey("Grants (2)", [account.Email!], ApiKeyLifetime.SixMonths);
        var started = await app.Services.GetRequiredService<KeyRotations>().StartAsync(account.Id, old, request, TestKeys.By(account), CancellationToken.None);
        return Assert.IsType<StartRotationResult.Started>(started).Replacement.Id;
    }

    private static async Task LookAsync(IPage page, string button, string? picture)
    {
        await Expect(page.Button(button)).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        if (picture is not null)
        {
            await page.PictureAsync(picture);
        }
    }
}
