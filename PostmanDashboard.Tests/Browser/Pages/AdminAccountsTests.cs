using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Pages;

/// <summary>How an administrator sets the limit of an account.</summary>
[Collection(BrowserFixture.Pages)]
public sealed class AdminAccountsTests(BrowserFixture browser)
{
    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task An_administrator_finds_an_account_and_sets_its_limit_by_keyboard(ColorScheme colors, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser, ("Accounts:AdminEmails:0", "admin@agency.gov.sg"));
        var app = dashboard.Application;
        for (var number = 0; number < 40; number++)
        {
            await app.AddAccountAsync($"a.team.with.a.rather.long.name.{number:00}@department.agency.gov.sg");
        }

        var page = await dashboard.NewSignedInPageAsync(await app.AddAccountAsync("admin@agency.gov.sg"), options =>
        {
            options.ColorScheme = colors;
            options.ViewportSize = new ViewportSize { Width = width, Height = 740 };
        });
        await page.OpenInteractiveAsync("/settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Accounts", Exact = true }).ClickAsync();
        await Expect(page.GetByText("1–25 of 41 accounts")).ToBeVisibleAsync();
        await page.Button("Next").ClickAsync();
        await Expect(page.GetByText("26–41 of 41 accounts")).ToBeVisibleAsync();
        await page.AssertGoodAsync();

        await page.Field("Find an account").FillAsync("name.07");
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(1);
        var opener = page.Button("Sending limit for a.team.with.a.rather.long.name.07@department.agency.gov.sg");
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Field("Messages per second")).ToBeFocusedAsync();
        await page.AssertGoodAsync();
        await page.Keyboard.TypeAsync("many");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Enter a whole number from 1 to 10000").First).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.Field("Messages per second").FillAsync("50");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByText("may send 50 messages a second.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("custom");
        await Expect(opener).ToBeFocusedAsync();
        await page.AssertGoodAsync();
        dashboard.AssertNoProblems();
    }
}
