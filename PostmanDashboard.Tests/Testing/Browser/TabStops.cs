using Microsoft.Playwright;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>Goes through a page by Tab, and opens what can be folded open on the way.</summary>
public static class TabStops
{
    /// <summary>More than any page has.</summary>
    private const int ManyStops = 600;

    /// <summary>Null when the focus has left the page; else what the fault of the stop is, empty for none.</summary>
    private const string Next =
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
            const found = (FAULT)(stop);
            if (stop.matches('summary')) {
                stop.parentElement.open = true;
            }

            return found;
        }
        """;

    /// <param name="page">An open page; its focus is where the walk begins.</param>
    /// <param name="fault">A function in JavaScript, from an element to what is wrong with it, empty for nothing.</param>
    /// <returns>What was found wrong. Fails for a page without any stop.</returns>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(this IPage page, string fault)
    {
        await page.EvaluateAsync("globalThis.seenStops = undefined");
        var faults = new List<string>();
        var next = Next.Replace("FAULT", fault, StringComparison.Ordinal);
        var stops = 0;
        for (; stops < ManyStops; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>(next) is not { } problem)
            {
                break;
            }

            faults.Add(problem);
        }

        faults.RemoveAll(string.IsNullOrEmpty);
        Assert.InRange(stops, 1, ManyStops - 1);
        return faults;
    }
}
