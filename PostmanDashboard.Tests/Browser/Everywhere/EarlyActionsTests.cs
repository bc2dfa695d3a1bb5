using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>What people do on a page between the moment at which they see it and the one from which it is live.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class EarlyActionsTests(BrowserFixture browser)
{
    private const string Enabled = "main button:enabled:visible:not([data-copy])";
    private const string KeepPresses =
        """
        globalThis.pressed = [];
        addEventListener('click', event =>
            document.querySelector('main[data-interactive]') && pressed.push(event.target.closest('button')?.textContent.trim()));
        """;

    [FactNeeding(Needs.Browser)]
    public async Task A_press_before_the_page_is_live_is_done_once_when_it_is()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewSignedInPageAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        var circuit = await HoldCircuitAsync(page);
        await page.GotoAsync("/settings");

        await page.Button("Generate API key").ClickAsync();
        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Button("Generate API key")).ToHaveAttributeAsync("aria-busy", "true");
        circuit.SetResult();

        await Expect(page.OpenDialog("Generate API key")).ToHaveCountAsync(1);
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.OpenDialog("Generate API key")).ToHaveCountAsync(0);
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task What_is_typed_before_the_page_is_live_stays_and_so_does_the_focus()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var key = await dashboard.Application.IssueKeyAsync(account, "Grants");
        var page = await dashboard.NewSignedInPageAsync(account);
        var circuit = await HoldCircuitAsync(page);
        await page.GotoAsync($"/settings/keys/{key.Id}/rotate");

        await page.Field("Label").FillAsync("Grants of");
        await page.Field("Contact emails").FillAsync("ops@agency.gov.sg,");
        await page.Field("Label").FocusAsync();
        await page.Keyboard.PressAsync("End");
        circuit.SetResult();
        await Expect(page.Locator("main[data-interactive]")).ToBeVisibleAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(" 2027");
        await Expect(page.Field("Label")).ToHaveValueAsync("Grants of 2027");
        await Expect(page.Button("Remove ops@agency.gov.sg")).ToBeVisibleAsync();

        await page.Button("Create replacement").ClickAsync();
        await page.FinishAsync();
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "New key: Grants of 2027" })).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task No_page_loses_the_first_press_or_what_is_typed_first()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("admin@agency.gov.sg");
        var page = await dashboard.NewSignedInPageAsync(account);
        await page.AddInitScriptAsync(KeepPresses);

        var reached = new List<(bool Typed, bool Pressed)>();
        foreach (var path in await dashboard.Application.AddLivePagesAsync(account))
        {
            var circuit = await HoldCircuitAsync(page);
            await page.GotoAsync(path);
            var typed = await TypeAsync(page);
            var pressed = await PressAsync(page);
            circuit.SetResult();

            await Expect(page.Locator("main[data-interactive]")).ToBeVisibleAsync();
            reached.Add((typed is not null, pressed is not null));
            if (pressed is not null)
            {
                await page.WaitForFunctionAsync("name => pressed.includes(name)", pressed);
            }

            if (typed is not null)
            {
                await Expect(page.Locator(typed).First).ToHaveValueAsync("7");
            }
        }

        Assert.Contains(reached, page => page.Typed);
        Assert.True(reached.Count(page => page.Pressed) > 2);
    }

    [FactNeeding(Needs.Browser)]
    public async Task The_focus_is_where_the_person_puts_it_and_the_first_stop_is_the_link_to_the_content()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        await Expect(page.Locator("body")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to content")).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Messages", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Messages", Level = 1 })).ToBeFocusedAsync();
        dashboard.AssertNoProblems();
    }

    /// <summary>Lets no circuit begin until the task is done.</summary>
    private static async Task<TaskCompletionSource> HoldCircuitAsync(IPage page)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.UnrouteAllAsync();
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await released.Task;
            await route.ContinueAsync();
        });
        return released;
    }

    /// <returns>What was typed into, if the page has a field that can be used. Null otherwise.</returns>
    private static async Task<string?> TypeAsync(IPage page)
    {
        const string Field = "main input:enabled:visible:is([type=text], [type=search], [type=password]):not([data-addresses])";
        if (await page.Locator(Field).CountAsync() == 0)
        {
            return null;
        }

        await page.Locator(Field).First.FillAsync("7");
        // Once the page is live, others may stand before it; MudBlazor's own have another name then.
        return await page.Locator(Field).First.GetAttributeAsync("id") is { } id && !id.StartsWith("mud", StringComparison.Ordinal) ? $"#{id}" : Field;
    }

    /// <returns>The words on the button that was pressed, if the page has one that can be. Null otherwise.</returns>
    private static async Task<string?> PressAsync(IPage page)
    {
        var button = page.Locator(Enabled).First;
        if (await page.Locator(Enabled).CountAsync() == 0)
        {
            return null;
        }

        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-busy", "true");
        return (await button.TextContentAsync())!.Trim();
    }
}
