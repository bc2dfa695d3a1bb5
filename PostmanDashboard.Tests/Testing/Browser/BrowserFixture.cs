using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>One Chromium for all tests of the collection <see cref="Collection"/>, started at its first use: where every one of
/// them is skipped, none is started.</summary>
[CollectionDefinition(Collection)]
public sealed class BrowserFixture : AsyncLifetime, ICollectionFixture<BrowserFixture>
{
    public const string Collection = "Browser";

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
