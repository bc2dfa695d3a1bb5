using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser;

/// <summary>Whoever goes through a page by keyboard sees where they are.</summary>
[Collection(BrowserFixture.Collection)]
public sealed class FocusRingTests(BrowserFixture browser)
{
    /// <summary>More than any page has.</summary>
    private const int ManyStops = 80;

    /// <summary>Null when the focus has left the page; empty when its ring can be seen; else what the element is that has none.</summary>
    private const string Look =
        """
        async () => {
            const still = () => Promise.all(document.getAnimations().filter(one => one.effect.getTiming().iterations === 1).map(one => one.finished.catch(() => null)));
            let stop;
            do {
                stop = document.activeElement;
                await still();
            } while (stop !== document.activeElement);

            // The edges of a dialog lead the focus on.
            if (!stop || stop === document.body || stop.matches('.pointer-events-none') || globalThis.seenStops?.has(stop)) {
                return null;
            }

            (globalThis.seenStops ??= new WeakSet()).add(stop);
            const forced = matchMedia('(forced-colors: active)').matches;
            const light = colour => {
                const [r, g, b] = colour.match(/[\d.]+/g).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const clear = colour => /^rgba.*, 0\)$/.test(colour);
            const behind = element => {
                const colour = element ? getComputedStyle(element).backgroundColor : getComputedStyle(document.body).backgroundColor;
                return clear(colour) ? behind(element.parentElement) : colour;
            };
            const stands = element => !element || (getComputedStyle(element).opacity === '1' && stands(element.parentElement));
            const rings = element => {
                const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
                if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || clear(outlineColor) || !stands(element)) {
                    return false;
                }

                const [one, other] = [light(outlineColor), light(behind(element.parentElement))].sort((a, b) => b - a);
                return forced || (one + 0.05) / (other + 0.05) >= 3;
            };
            const around = [stop, stop.nextElementSibling, stop.parentElement, stop.parentElement?.parentElement].filter(Boolean);
            return around.some(rings) ? '' : `${stop.outerHTML.slice(0, 200)} (${around.map(element => getComputedStyle(element).outline).join('; ')})`;
        }
        """;

    [BrowserTheory]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task Every_stop_of_every_page_shows_its_ring(ColorScheme theme, ForcedColors colours)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var stranger = await dashboard.NewPageAsync(options => (options.ColorScheme, options.ForcedColors) = (theme, colours));
        await LookThroughAsync(stranger, "/sign-in");
        await LookThroughAsync(stranger, "/nothing-is-here");

        var account = await dashboard.Application.AddAccountAsync("admin@agency.gov.sg");
        var page = await dashboard.NewSignedInPageAsync(account, options => (options.ColorScheme, options.ForcedColors) = (theme, colours));
        foreach (var path in await dashboard.Application.AddLivePagesAsync(account))
        {
            await page.OpenInteractiveAsync(path);
            await LookThroughAsync(page);
        }
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task Every_stop_of_a_dialog_shows_its_ring(ColorScheme theme, ForcedColors colours)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"), options => (options.ColorScheme, options.ForcedColors) = (theme, colours));

        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await LookThroughAsync(page);
        await page.Field("Label").FillAsync("Grants");
        await page.Button("Generate key").ClickAsync();
        await Expect(page.Field("API key")).ToBeFocusedAsync();
        await LookThroughAsync(page);
    }

    private static async Task LookThroughAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await LookThroughAsync(page);
    }

    private static async Task LookThroughAsync(IPage page)
    {
        var blind = new List<string>();
        var stops = 0;
        for (; stops < ManyStops; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>(Look) is not { } problem)
            {
                break;
            }

            blind.Add(problem);
        }

        blind.RemoveAll(string.IsNullOrEmpty);
        Assert.True(blind.Count == 0, $"On {page.Url} nobody sees the focus on\n{string.Join('\n', blind)}");
        Assert.InRange(stops, 1, ManyStops - 1);
    }
}
