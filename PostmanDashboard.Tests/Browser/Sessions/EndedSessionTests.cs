using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PostmanDashboard.Accounts;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Sessions;

/// <summary>Tabs that are open when their session ends: nothing in them does anything any more, dialogs included.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class EndedSessionTests(BrowserFixture browser)
{
    /// <summary>Keeps the connection of the circuit, and holds its frames back while the test says so.</summary>
    private const string HoldPress = """
        globalThis.held = [];
        globalThis.holds = false;
        globalThis.WebSocket = class extends WebSocket {
          constructor(...all) { super(...all); globalThis.circuit = this; }
          send(frame) { if (holds) { held.push(frame.slice(0)); } else { this.pass(frame); } }
          pass(frame) { super.send(frame); }
        };
        """;

    /// <summary>In the page, because a mouse that comes near a button is an event as well, and the dialog may be gone before the click.</summary>
    private const string PressGenerate = "[...document.querySelectorAll('button')].find(button => button.textContent.trim() === 'Generate key')?.click()";

    [FactNeeding(Needs.Browser)]
    public async Task A_dialog_that_is_open_when_another_tab_signs_out_makes_no_key_and_goes()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var first = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        await first.Button("Generate API key").ClickAsync();
        await first.Field("Label").FillAsync("Grant system");
        var second = await first.Context.NewPageAsync();
        await second.OpenInteractiveAsync("/settings");

        await second.AccountMenu().ClickAsync();
        await second.Button("Sign out").ClickAsync();

        await ExpectEndedAsync(first);
        await Expect(first.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(first.AccountMenu()).ToHaveCountAsync(0);
        await first.AssertAccessibleAsync();
        await using var db = dashboard.Application.CreateDbContext();
        Assert.Empty(await db.ApiKeys.ToListAsync());
        await first.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await first.SignInAsync(dashboard.Application, "mei@agency.gov.sg");
        await Expect(first).ToHaveURLAsync(new Regex("/settings$"));
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData("UPDATE AspNetUsers SET DisabledAt = 1")]
    [InlineData("DELETE FROM AspNetUserRoles")]
    public async Task What_another_process_ends_is_over_at_the_next_press(string change)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await AddAdministratorAsync(dashboard.Application);
        var page = await dashboard.OpenSettingsAsync(account);
        await page.Button("Generate API key").ClickAsync();
        await page.Field("Label").FillAsync("Grant system");
        await using var db = dashboard.Application.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(change);

        // The clock stands still, so nothing but what the browser sends can find out.
        await page.EvaluateAsync(PressGenerate);

        await ExpectEndedAsync(page);
        Assert.Empty(await db.ApiKeys.ToListAsync());
    }

    [FactNeeding(Needs.Browser)]
    public async Task What_another_process_ends_is_said_within_a_second()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        await using var db = dashboard.Application.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("UPDATE AspNetUsers SET DisabledAt = 1");

        dashboard.Application.Clock.Advance(TimeSpan.FromSeconds(1));

        await ExpectEndedAsync(page);
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_client_of_its_own_that_sends_a_press_after_its_session_ended_gets_nothing()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewSignedInPageAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        await page.AddInitScriptAsync(HoldPress);
        await page.OpenInteractiveAsync("/settings");
        await page.Button("Generate API key").ClickAsync();
        await page.Field("Label").FillAsync("Grant system");
        await page.EvaluateAsync("holds = true");
        await page.EvaluateAsync(PressGenerate);
        await page.WaitForFunctionAsync("held.length > 0");
        await using var db = dashboard.Application.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("UPDATE AspNetUsers SET DisabledAt = 1");

        // The circuit has not heard the press yet, so it would make the key. Only what it answers with, or its end, tells that it was heard.
        await page.EvaluateAsync("""
            () => new Promise(resolve => {
              circuit.addEventListener('close', resolve);
              for (const frame of held) { circuit.pass(frame); }
            })
            """);

        Assert.Empty(await db.ApiKeys.ToListAsync());
        await ExpectEndedAsync(page);
    }

    [FactNeeding(Needs.Browser)]
    public async Task Whoever_signs_in_again_elsewhere_does_not_wake_the_page_of_the_session_before()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var (app, account) = (dashboard.Application, await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        var page = await dashboard.OpenSettingsAsync(account);
        await page.Button("Generate API key").ClickAsync();
        await page.Field("Label").FillAsync("Grant system");
        var another = (await app.CreateSignedInCookieAsync(await app.AddAccountAsync("tan@agency.gov.sg"))).Split('=', 2);
        await page.Context.AddCookiesAsync([new Cookie { Name = another[0], Value = another[1], Url = dashboard.Address.ToString() }]);
        await using var db = app.CreateDbContext();
        await db.Users.Where(row => row.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, app.Clock.GetUtcNow()));

        await page.EvaluateAsync(PressGenerate);

        await ExpectEndedAsync(page);
        Assert.Empty(await db.ApiKeys.ToListAsync());
    }

    private static Task ExpectEndedAsync(IPage page) =>
        Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your session has ended" })).ToBeVisibleAsync();

    private static async Task<Account> AddAdministratorAsync(DashboardApplication app)
    {
        var account = await app.AddAccountAsync("boss@agency.gov.sg");
        await using var db = app.CreateDbContext();
        var role = new Microsoft.AspNetCore.Identity.IdentityRole<Guid>(Roles.Administrator) { Id = Guid.NewGuid(), NormalizedName = "ADMINISTRATOR" };
        db.AddRange(role, new Microsoft.AspNetCore.Identity.IdentityUserRole<Guid> { UserId = account.Id, RoleId = role.Id });
        await db.SaveChangesAsync();
        return account;
    }
}
