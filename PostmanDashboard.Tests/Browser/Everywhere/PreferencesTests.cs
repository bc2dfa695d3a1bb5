using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>What a person asked their system for holds here as well: colours of their own, and nothing that moves.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class PreferencesTests(BrowserFixture browser)
{
    /// <summary>Marks what can be told only by its colour: bars, dots and filled controls.</summary>
    private const string MarkColoured =
        """
        () => {
            const clear = colour => /^rgba.*, 0\)$/.test(colour);
            const fill = element => getComputedStyle(element).backgroundColor;
            const behind = element => !element ? fill(document.body) : clear(fill(element)) ? behind(element.parentElement) : fill(element);
            const seen = element => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().height > 1;
            for (const element of document.querySelectorAll('main *, dialog *, [role=dialog] *')) {
                const says = element.textContent.trim() || element.matches('svg, svg *, input, textarea, select, .mud-ripple-effect');
                const presses = element.matches('button, a.button');
                if ((!says || presses) && seen(element) && !clear(fill(element)) && fill(element) !== behind(element.parentElement)) {
                    element.dataset.coloured = '';
                }
            }

            return document.querySelectorAll('[data-coloured]').length;
        }
        """;

    private const string FindLost =
        """
        async () => {
            await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            const clear = colour => /^rgba.*, 0\)$/.test(colour);
            const fill = element => getComputedStyle(element).backgroundColor;
            const behind = element => !element ? fill(document.body) : clear(fill(element)) ? behind(element.parentElement) : fill(element);
            const framed = element => {
                const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(element);
                return parseFloat(borderTopWidth) >= 1 && borderTopStyle !== 'none' && !clear(borderTopColor);
            };
            return [...document.querySelectorAll('[data-coloured]')]
                .filter(element => !framed(element) && (clear(fill(element)) || fill(element) === behind(element.parentElement)))
                .map(element => element.outerHTML.slice(0, 160));
        }
        """;

    private const string FindMoving =
        """
        () => [...document.querySelectorAll('body *')]
            .filter(element => {
                const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
                const longest = list => Math.max(...list.split(',').map(parseFloat));
                return longest(transitionDuration) > 0.05 || (animationName !== 'none' && longest(animationDuration) > 0.05);
            })
            .map(element => element.outerHTML.slice(0, 160))
        """;

    [FactNeeding(Needs.Browser)]
    public async Task Every_page_keeps_its_marks_in_forced_colours_and_stands_still_where_motion_is_reduced()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAdministratorAsync();
        var page = await dashboard.NewSignedInPageAsync(account);
        await AssertKeptAsync(page, page.OpenLivePagesAsync(dashboard.Application, account), 30);
    }

    [FactNeeding(Needs.Browser)]
    public async Task Every_dialog_keeps_its_marks_in_forced_colours_and_stands_still_where_motion_is_reduced()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAdministratorAsync();
        var page = await dashboard.NewSignedInPageAsync(account);
        await AssertKeptAsync(page, page.OpenDialogsAsync(dashboard.Application, account), 8);
    }

    /// <param name="page">Where the places are opened.</param>
    /// <param name="places">What there is to open.</param>
    /// <param name="marks">How many things at least are told by their colour, in all.</param>
    private static async Task AssertKeptAsync(IPage page, IAsyncEnumerable<string> places, int marks)
    {
        var coloured = 0;
        var faults = new List<string>();
        await foreach (var place in places)
        {
            faults.AddRange((await page.EvaluateAsync<string[]>(FindMoving)).Select(what => $"{place} moves {what}"));
            coloured += await page.EvaluateAsync<int>(MarkColoured);
            await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
            faults.AddRange((await page.EvaluateAsync<string[]>(FindLost)).Select(what => $"{place} loses {what}"));
            await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
        Assert.InRange(coloured, marks, int.MaxValue);
    }
}
