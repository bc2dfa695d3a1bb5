using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>A mailbox that a dozen teams share is seen at a glance.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class KeyTableSizesTests(BrowserFixture browser)
{
    [TheoryNeeding(Needs.Browser)]
    [InlineData(1280, 800, 1_600, 10)]
    [InlineData(1024, 768, 1_600, 8)]
    [InlineData(390, 844, 2_400, 6)]
    public async Task Twelve_keys_fit(int width, int height, int longest, int aboveTheFold)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("shared.mailbox@agency.gov.sg");
        for (var number = 1; number <= 12; number++)
        {
            await dashboard.Application.IssueKeyAsync(account, $"System of team {number}");
        }

        var page = await dashboard.OpenSettingsAsync(account, options => options.ViewportSize = new() { Width = width, Height = height });
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(12);

        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollHeight"), height, longest);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.InRange(
            await page.EvaluateAsync<int>(
                "[...document.querySelectorAll('.key-table tbody tr')].filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"),
            aboveTheFold,
            12);
        dashboard.AssertNoProblems();
    }
}
