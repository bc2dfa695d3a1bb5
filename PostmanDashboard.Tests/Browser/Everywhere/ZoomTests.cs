using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>Whoever enlarges a window of 1280 × 1024 by 200 or 400 % reads and reaches all (WCAG 2.2, 1.4.10 and 2.4.11).</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class ZoomTests(BrowserFixture browser)
{
    /// <summary>Empty when the middle of a stop can be seen and clicked, else what it is that can't.</summary>
    private const string Hidden =
        """
        stop => {
            // What is drawn instead of a box that is ticked stands around it.
            const seen = stop.matches('input[type=checkbox], input[type=radio]') ? stop.closest('label') ?? stop.parentElement : stop;
            const { left, right, top, bottom } = seen.getClientRects()[0] ?? seen.getBoundingClientRect();
            const within = (from, to, size) => (Math.max(from, 0) + Math.min(to, size)) / 2;
            const [x, y] = [within(left, right, innerWidth), within(top, bottom, innerHeight)];
            const hit = document.elementFromPoint(x, y);
            const fits = (from, to, size) => from >= -2 && to <= size + 2;
            const isThere = fits(left, right, innerWidth) && (fits(top, bottom, innerHeight) || bottom - top > innerHeight / 2);
            // A neighbour may lie on it, as what a row says does on the row.
            return isThere && hit && (seen.parentElement.contains(hit) || hit.contains(seen)) ? ''
                : `${stop.outerHTML.slice(0, 200)} at ${[left, top, right, bottom].map(Math.round)}, under ${hit?.outerHTML.slice(0, 120)}`;
        }
        """;

    [TheoryNeeding(Needs.Browser)]
    [InlineData(200)]
    [InlineData(400)]
    public async Task Every_page_is_read_without_scrolling_sideways_and_every_stop_comes_into_view(int zoom)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAdministratorAsync();
        var page = await dashboard.NewSignedInPageAsync(account, Zoomed(zoom));
        await foreach (var path in page.OpenLivePagesAsync(dashboard.Application, account))
        {
            await AssertReachedAsync(page, path);
        }

        var stranger = await dashboard.NewPageAsync(Zoomed(zoom));
        await foreach (var path in stranger.OpenStrangersPagesAsync(dashboard.Application))
        {
            await AssertReachedAsync(stranger, path);
        }
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(200)]
    [InlineData(400)]
    public async Task Every_dialog_is_read_without_scrolling_sideways_and_every_stop_comes_into_view(int zoom)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAdministratorAsync();
        var page = await dashboard.NewSignedInPageAsync(account, Zoomed(zoom));
        await foreach (var dialog in page.OpenDialogsAsync(dashboard.Application, account))
        {
            await AssertReachedAsync(page, dialog);
        }
    }

    private static async Task AssertReachedAsync(IPage page, string place)
    {
        var sideways = await page.EvaluateAsync<string[]>(
            """
            [document.documentElement, ...document.querySelectorAll('.table-frame, .mud-dialog-content, .mud-dialog')]
                .filter(frame => frame.scrollWidth > frame.clientWidth + 1)
                .map(frame => `${frame.tagName}.${frame.className}: ${frame.scrollWidth} in ${frame.clientWidth}`)
            """);
        Assert.True(sideways.Length == 0, $"{place} scrolls sideways: {string.Join(", ", sideways)}");
        var hidden = await page.FindFaultsAsync(Hidden);
        Assert.True(hidden.Count == 0, $"{place} hides\n{string.Join('\n', hidden)}");
    }

    private static Action<BrowserNewContextOptions> Zoomed(int percent) =>
        options => options.ViewportSize = new ViewportSize { Width = 1280 * 100 / percent, Height = 1024 * 100 / percent };
}
