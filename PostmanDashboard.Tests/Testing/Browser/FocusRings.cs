using Microsoft.Playwright;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>Sees to it that whoever goes through a page by Tab sees where they are.</summary>
public static class FocusRings
{
    /// <summary>Empty when the ring of a stop can be seen, else what it is that has none.</summary>
    private const string Look =
        """
        stop => {
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
        var blind = await page.FindFaultsAsync(Look);
        Assert.True(blind.Count == 0, $"On {page.Url} nobody sees the focus on\n{string.Join('\n', blind)}");
    }
}
