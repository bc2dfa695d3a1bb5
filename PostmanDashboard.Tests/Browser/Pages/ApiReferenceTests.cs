using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;

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
        await page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Postman API" }).First.WaitForAsync();

        var policy = (await answer!.AllHeadersAsync())["content-security-policy"];
        var scripts = policy.Split(';').Single(directive => directive.Trim().StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", scripts, StringComparison.Ordinal);
        var violations = await page.EvaluateAsync<string[]>("violations");
        Assert.Empty(violations);
        dashboard.AssertNoProblems();
    }
}
