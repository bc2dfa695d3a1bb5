using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>Opens pages of Interactive Server so that the first click isn't lost on the prerendered page.</summary>
public static class InteractivePages
{
    /// <summary>Goes to <paramref name="path"/> and waits until Blazor's circuit has rendered it.</summary>
    public static Task OpenInteractiveAsync(this IPage page, string path) => page.WhileBecomingInteractiveAsync(() => page.GotoAsync(path));

    /// <summary>Does what leads to an interactive page, and waits until Blazor's circuit has rendered it.</summary>
    /// <remarks>Waits for what the layout says: the browser confirms batches of other parts, such as the title, before.</remarks>
    public static async Task WhileBecomingInteractiveAsync(this IPage page, Func<Task> lead)
    {
        await lead();
        await Expect(page.Locator("main[data-interactive]")).ToBeVisibleAsync();
    }
}
