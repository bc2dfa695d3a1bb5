using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>What a page says when its server is gone, while it shows a key for the only time.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class ErrorBannerTests(BrowserFixture browser)
{
    private const string Address = "mei@agency.gov.sg";
    private const string Banners = ".lost:visible";

    [TheoryNeeding(Needs.Browser)]
    [InlineData(360, 640)]
    [InlineData(1280, 800)]
    public async Task A_server_that_goes_and_comes_back_shows_one_banner_inside_the_window_and_next_to_the_key(int width, int height)
    {
        using var folder = new TemporaryFolder();
        var port = DashboardProcess.FreePort();
        var server = await RestartableServer.StartAsync(folder.Path, port);
        try
        {
            await using var context = await (await browser.GetAsync()).NewContextAsync(new()
            {
                BaseURL = $"http://127.0.0.1:{port}",
                ViewportSize = new() { Width = width, Height = height },
            });
            var page = await context.NewPageAsync();
            await RestartableServer.SignInAsync(page, Address);
            await page.GenerateAsync("Grant system");
            await server.KillAsync();
            await AssertOneBannerAsync(page, "Connection lost.");

            await server.DisposeAsync();
            server = await RestartableServer.StartAsync(folder.Path, port);
            await AssertOneBannerAsync(page, "This page has expired.");

            // Blazor shows this one too, where an error comes on top.
            await page.EvaluateAsync("document.getElementById('blazor-error-ui').style.display = 'block'");
            await AssertOneBannerAsync(page, "This page has expired.");
            await page.EvaluateAsync("document.getElementById('components-reconnect-modal').className = 'components-reconnect-hide'");
            await AssertOneBannerAsync(page, "Something went wrong on this page.");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task AssertOneBannerAsync(IPage page, string words)
    {
        await Expect(page.GetByText(words)).ToBeVisibleAsync();
        await Expect(page.Locator(Banners)).ToHaveCountAsync(1);
        var window = page.ViewportSize!;
        var banner = (await page.Locator(Banners).BoundingBoxAsync())!;
        // With room around it: as wide as the window it is as MudBlazor would have it.
        Assert.InRange(banner.X, 1, window.Width - banner.Width - 1);
        Assert.InRange(banner.Y, 1, window.Height - banner.Height - 1);
        foreach (var part in (ILocator[])[page.Button("Done"), page.Button("Copy"), page.Field("API key")])
        {
            await part.ScrollIntoViewIfNeededAsync();
            Assert.True((await part.BoundingBoxAsync())!.Y + (await part.BoundingBoxAsync())!.Height <= banner.Y, $"“{words}” stands over {part}.");
        }
    }
}
