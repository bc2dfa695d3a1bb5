using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>Pictures of pages for the documentation, taken by the tests that show these pages anyway.</summary>
public static class Pictures
{
    /// <summary>Writes <c>docs/pictures/{name}.png</c>, but only with <c>POSTMAN_PICTURES=1</c>: else every run of the tests
    /// would change files of the repository.</summary>
    public static async Task PictureAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("POSTMAN_PICTURES") == "1")
        {
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(BuildPaths.Find("Pictures"), $"{name}.png"),
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }
}
