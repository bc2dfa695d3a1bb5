using Microsoft.Playwright;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>Goes through a page by Tab, and sees to it that each stop can be seen.</summary>
public static class FocusRings
{
    /// <summary>More than any page has.</summary>
    private const int ManyStops = 600;

    /// <summary>Null when the focus has left the page; empty when its ring can be seen; else what the element is that has none.</summary>
    private const string Look =
        """
        async () => {
            const running = () => document.getAnimations().filter(one => one.effect.getTiming().iterations === 1);
            const still = () => Promise.all([new Promise(requestAnimationFrame), ...running().map(one => one.finished.catch(() => null))]);
            let stop;
            do {
                stop = document.activeElement;
                await still();
                // The edges of a dialog lead the focus on.
            } while (stop !== document.activeElement || stop?.matches('.pointer-events-none'));

            if (!stop || stop === document.body || globalThis.seenStops?.has(stop)) {
                return null;
            }

            (globalThis.seenStops ??= new WeakSet()).add(stop);
            const forced = matchMedia('(forced-colors: active)').matches;
            const light = colour => {
                const [r, g, b] = colour.replace(/.*(srgb|display-p3)/, '').match(/[\d.]+/g)
                    .map(part => colour.startsWith('color(') ? +part : part / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const clear = colour => /^rgba.*, 0\)$/.test(colour);
            const behind = element => {
                const colour = element ? getComputedStyle(element).backgroundColor : getComputedStyle(document.body).backgroundColor;
                return clear(colour) ? behind(element.parentElement) : colour;
            };
            const stands = element => !element || (getComputedStyle(element).opacity === '1' && stands(element.parentElement));
            const isCutOff = (element, reach) => {
                const { left, right, width } = element.getBoundingClientRect();
                const cutsOff = frame => {
                    const box = frame.getBoundingClientRect();
                    return getComputedStyle(frame).overflowX !== 'visible' && width < box.width
                        && (left - reach < box.left - 1 || right + reach > box.right + 1);
                };
                for (let frame = element.parentElement; frame && frame !== document.body; frame = frame.parentElement) {
                    if (cutsOff(frame)) {
                        return true;
                    }
                }

                return false;
            };
            const rings = element => {
                const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(element);
                if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || clear(outlineColor) || !stands(element)
                    || isCutOff(element, parseFloat(outlineWidth) + parseFloat(outlineOffset))) {
                    return false;
                }

                const [one, other] = [light(outlineColor), light(behind(element.parentElement))].sort((a, b) => b - a);
                return forced || (one + 0.05) / (other + 0.05) >= 3;
            };
            const around = [stop, stop.nextElementSibling, stop.parentElement, stop.parentElement?.parentElement].filter(Boolean);
            return around.some(rings) ? '' : `${stop.outerHTML.slice(0, 200)} (${around.map(element => getComputedStyle(element).outline).join('; ')})`;
        }
        """;

    public static async Task AssertRingsAsync(this IPage page)
    {
        await page.EvaluateAsync("globalThis.seenStops = undefined");
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
