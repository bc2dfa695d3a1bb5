using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>One Chromium for all tests of a collection, started at its first use: where every one of them is skipped, none is started.
/// There are three collections, so that pages are looked at next to each other.</summary>
public sealed class BrowserFixture : AsyncLifetime
{
    public const string Everywhere = "What holds on every page";
    public const string Keys = "Keys in a browser";
    public const string Pages = "Pages in a browser";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task<IBrowser> GetAsync()
    {
        playwright ??= await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);
        return browser ??= await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = TestTools.Find(Needs.Browser),
            Args = Arguments,
            Headless = true,
        });
    }

    protected override async Task TearDownAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}

[CollectionDefinition(BrowserFixture.Everywhere)]
public sealed class EverywhereBrowser : ICollectionFixture<BrowserFixture>;

[CollectionDefinition(BrowserFixture.Keys)]
public sealed class KeysBrowser : ICollectionFixture<BrowserFixture>;

[CollectionDefinition(BrowserFixture.Pages)]
public sealed class PagesBrowser : ICollectionFixture<BrowserFixture>;
