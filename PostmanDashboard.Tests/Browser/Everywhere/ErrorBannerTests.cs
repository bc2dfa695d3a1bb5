using System.Text.RegularExpressions;
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
        var server = await StartAsync(folder.Path, port);
        try
        {
            await using var context = await (await browser.GetAsync()).NewContextAsync(new()
            {
                BaseURL = $"http://127.0.0.1:{port}",
                ViewportSize = new() { Width = width, Height = height },
            });
            var page = await context.NewPageAsync();
            await SignInAsync(page);
            await page.GenerateAsync("Grant system");
            await server.KillAsync();
            await AssertOneBannerAsync(page, "Connection lost.");

            await server.DisposeAsync();
            server = await StartAsync(folder.Path, port);
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

    /// <summary>At the same address each time, so that the page finds it again.</summary>
    private static async Task<DashboardProcess> StartAsync(string folder, int port)
    {
        var address = $"http://127.0.0.1:{port}";
        var server = DashboardProcess.Launch(folder, ("ASPNETCORE_URLS", address), ("Public:BaseUrl", address));
        server.Client.BaseAddress = new Uri(address);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>As a person does in Development: the code is in the mailbox of the program itself.</summary>
    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.Field("Email address").FillAsync(Address);
        await page.Button("Send code").ClickAsync();
        await Expect(page.Field("Code")).ToBeFocusedAsync();
        var mailbox = await page.Context.NewPageAsync();
        await mailbox.GotoAsync("/dev/mail");
        await mailbox.GetByRole(AriaRole.Link, new() { NameRegex = new("sign-in code") }).First.ClickAsync();
        var code = Regex.Match(await mailbox.Locator("main").InnerTextAsync(), "[0-9]{3} [0-9]{3}").Value;
        await mailbox.CloseAsync();
        await page.Field("Code").FillAsync(code);
        await page.Button("Sign in").ClickAsync();
        await Expect(page.AccountMenu()).ToBeVisibleAsync();
        await page.OpenInteractiveAsync("/settings");
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
