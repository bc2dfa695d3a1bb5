using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Pages;

/// <summary>An owner sees which programs call with a key, on a desktop and a phone, light and dark.</summary>
[Collection(BrowserFixture.Pages)]
public sealed class UsagePanelPageTests(BrowserFixture browser)
{
    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task An_owner_sees_who_uses_a_key(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var issued = await app.IssueKeyAsync(account);
        NoteAMonthOfCalls(app, issued.Id);
        await CallAsync(dashboard, issued.Token);
        app.Clock.Advance(CallRecorder.WriteAfter);
        var page = await dashboard.OpenSettingsAsync(account, options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new ViewportSize { Width = width, Height = 900 };
        });

        await page.OpenInteractiveAsync($"/settings/keys/{issued.Id}/calls");
        var usage = page.GetByRole(AriaRole.Region, new() { Name = "Use of Grant system" });

        // The head, and whoever isn't told apart, stand in it beside the callers.
        var rows = usage.GetByRole(AriaRole.Table, new() { Name = "Callers of Grant system" }).GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(10 + 2);
        await Expect(usage.GetByText("127.0.0.1").First).ToBeVisibleAsync();
        await Expect(usage.GetByRole(AriaRole.List, new() { Name = "Calls with Grant system by day" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(30);
        await page.AssertAccessibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        await page.Button("Show all 51 callers").ClickAsync();
        await Expect(page.Button("Show fewer callers")).ToBeFocusedAsync();
        await Expect(rows).ToHaveCountAsync(KeyCaller.MaxPerKey + 2);
        dashboard.AssertNoProblems();
    }

    private static void NoteAMonthOfCalls(DashboardApplication app, Guid key)
    {
        var usage = app.Services.GetRequiredService<CallRecorder>();
        var now = app.Clock.GetUtcNow();
        for (var i = 0; i < 3_000; i++)
        {
            var outcome = i % 17 == 0 ? KeyCallOutcome.AccountDisabled : KeyCallOutcome.Accepted;
            usage.Note(new KeyCall(
                key, outcome, now.AddMinutes(-i * 13), CallerName.Of($"192.0.2.{i % 53}", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 grants/1.0")));
        }
    }

    private static async Task CallAsync(DashboardBrowser dashboard, ApiKeyToken token)
    {
        using var client = new HttpClient { BaseAddress = dashboard.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.Plaintext);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("payroll/2.1");
        (await client.GetAsync("/v1/api-keys/current")).EnsureSuccessStatusCode();
    }
}
