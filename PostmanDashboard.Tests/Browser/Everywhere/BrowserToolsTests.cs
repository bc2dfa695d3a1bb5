using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;
using Xunit.Sdk;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>The tools of the browser tests find what they are there to find.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class BrowserToolsTests(BrowserFixture browser)
{
    [FactNeeding(Needs.Browser)]
    public async Task A_page_that_breaks_a_rule_of_accessibility_is_found_out()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync();
        await page.SetContentAsync("""<html lang="en"><title>Page</title><button></button></html>""");

        var failure = await Assert.ThrowsAnyAsync<XunitException>(page.AssertAccessibleAsync);

        Assert.Contains("button-name (critical)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("<button></button>", failure.Message, StringComparison.Ordinal);
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_script_that_fails_or_complains_is_found_out()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync();

        await page.SetContentAsync("<script>console.error('complaint')</script><script>throw new Error('failure')</script>");

        Assert.Contains(dashboard.Problems, problem => problem.Contains("complaint", StringComparison.Ordinal));
        Assert.Contains(dashboard.Problems, problem => problem.Contains("failure", StringComparison.Ordinal));
        Assert.ThrowsAny<XunitException>(dashboard.AssertNoProblems);
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_cookie_lasts_as_long_as_the_application_says_by_its_own_clock()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync();
        await page.GotoAsync("/");

        var expires = dashboard.Application.Clock.GetUtcNow().AddDays(1).ToString("R");
        await page.EvaluateAsync($"document.cookie = 'kept=yes; expires={expires}'");

        Assert.Contains(await page.Context.CookiesAsync(), cookie => cookie.Name == "kept");
    }
}
