using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>What axe can tell about WCAG 2.0 to 2.2, levels A and AA.</summary>
public static class Accessibility
{
    private static readonly List<string> Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

    /// <summary>Fails with each broken rule and the elements that break it.</summary>
    public static async Task AssertAccessibleAsync(this IPage page)
    {
        // A page is there before its styles are, and looks otherwise then.
        await page.WaitForLoadStateAsync(LoadState.Load);
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = Rules } });
        Assert.True(result.Violations.Length == 0, $"{page.Url} breaks rules of accessibility:\n{string.Join("\n", result.Violations.Select(Describe))}");
    }

    /// <summary>No rule of accessibility is broken, nothing has to be scrolled for sideways, and nothing is cut off at an edge.</summary>
    public static async Task AssertGoodAsync(this IPage page)
    {
        await page.AssertAccessibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.table-frame')].every(frame => frame.scrollWidth <= frame.clientWidth)"));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('button, input, textarea, a[href]')]
                .filter(part => part.checkVisibility({ visibilityProperty: true }))
                .filter(part => {
                    const { left, right } = part.getBoundingClientRect();
                    const frame = part.closest('.table-frame')?.getBoundingClientRect();
                    return left < Math.max(0, frame?.left ?? 0) - 1 || right > Math.min(innerWidth, frame?.right ?? innerWidth) + 1;
                })
                .map(part => part.outerHTML)
            """));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}\n{string.Join("\n", violation.Nodes.Select(Describe))}";

    private static string Describe(AxeResultNode node) =>
        $"    {node.Target}\n        {node.Html}\n        {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}";
}
