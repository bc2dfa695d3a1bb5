using Microsoft.Playwright;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Pages;

/// <summary>Lists are seen at a glance: their rows take two lines, on a phone as well.</summary>
[Collection(BrowserFixture.Pages)]
public sealed class ListSizesTests(BrowserFixture browser)
{
    [TheoryNeeding(Needs.Browser)]
    [InlineData(1280, 800, 4_000, 6)]
    [InlineData(1024, 768, 4_000, 5)]
    [InlineData(390, 844, 5_000, 4)]
    public async Task Fifty_messages_and_an_accounts_line_fit(int width, int height, int longest, int aboveTheFold)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("admin@agency.gov.sg");
        var key = await dashboard.Application.IssueKeyAsync(account, "Grant system of the department");
        var now = dashboard.Application.Clock.GetUtcNow();
        await using var db = dashboard.Application.CreateDbContext();
        for (var number = 1; number <= 50; number++)
        {
            var message = TestMessages.Create(
                account.Id, key.Id, now.AddMinutes(-number), $"a.person.with.a.rather.long.name{number}@department.agency.gov.sg",
                $"Your application number {number} was received, and somebody of the department will look at it soon", tag: "letters");
            await db.AddMessageAsync(message, number % 2 == 0 ? MessageStatus.Bounced : MessageStatus.Sent);
        }

        var page = await dashboard.NewSignedInPageAsync(account, options => options.ViewportSize = new() { Width = width, Height = height });
        await page.OpenInteractiveAsync("/messages");
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(50);
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollHeight"), height, longest);
        Assert.InRange(await RowsAboveTheFoldAsync(page), aboveTheFold, 50);
        await AssertNothingIsCutOffAsync(page, width);

        await page.OpenInteractiveAsync("/admin/accounts");
        await Expect(page.Button("Sending limit for admin@agency.gov.sg")).ToBeVisibleAsync();
        await AssertNothingIsCutOffAsync(page, width);
        dashboard.AssertNoProblems();
    }

    private static Task<int> RowsAboveTheFoldAsync(IPage page) => page.EvaluateAsync<int>(
        "[...document.querySelectorAll('.data tbody tr')].filter(row => row.getBoundingClientRect().bottom <= innerHeight).length");

    private static async Task AssertNothingIsCutOffAsync(IPage page, int width)
    {
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('.data tbody button, .data tbody th, .data tbody td')]
                .filter(one => one.checkVisibility())
                .filter(one => { const frame = one.closest('.data').getBoundingClientRect(), box = one.getBoundingClientRect();
                                 return box.width > 1 && (box.left < frame.left - 1 || box.right > frame.right + 1); })
                .map(one => one.outerHTML)
            """));
    }
}
