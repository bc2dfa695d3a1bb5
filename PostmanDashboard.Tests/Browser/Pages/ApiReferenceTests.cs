using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Pages;

/// <summary>The description of the API, as a browser shows it.</summary>
[Collection(BrowserFixture.Pages)]
public sealed class ApiReferenceTests(BrowserFixture browser)
{
    [FactNeeding(Needs.Browser)]
    public async Task It_loads_under_a_policy_that_allows_no_script_but_its_own()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync();
        await page.AddInitScriptAsync(
            "globalThis.violations = []; document.addEventListener('securitypolicyviolation', event => violations.push(`${event.violatedDirective} " +
            "${event.blockedURI}`));");

        var answer = await page.GotoAsync("/docs/api");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Postman API" }).First.WaitForAsync();

        var policy = (await answer!.AllHeadersAsync())["content-security-policy"];
        var scripts = policy.Split(';').Single(directive => directive.Trim().StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", scripts, StringComparison.Ordinal);
        var violations = await page.EvaluateAsync<string[]>("violations");
        Assert.Empty(violations);
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task It_keeps_the_rules_of_accessibility_in_the_theme_of_the_dashboard_and_leads_back(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync(options =>
            (options.ColorScheme, options.ViewportSize) = (theme, new ViewportSize { Width = width, Height = 740 }));
        await page.GotoAsync("/docs/api");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Postman API" }).First.WaitForAsync();

        await page.AssertAccessibleAsync();
        Assert.Equal("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }).ClickAsync();
        await Expect(page.Locator("body")).ToHaveClassAsync(new Regex(theme is ColorScheme.Light ? "dark-mode" : "light-mode"));
        await page.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Postman dashboard" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
    }
}
