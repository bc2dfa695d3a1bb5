using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>Whoever goes through a page by keyboard sees where they are.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class FocusRingTests(BrowserFixture browser)
{
    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task Every_stop_of_every_page_shows_its_ring(ColorScheme theme, ForcedColors colours)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAdministratorAsync();
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, colours));
        await foreach (var _ in page.OpenLivePagesAsync(dashboard.Application, account))
        {
            await page.AssertRingsAsync();
        }
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task Every_stop_of_pages_without_a_circuit_shows_its_ring(ColorScheme theme, ForcedColors colours)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var stranger = await dashboard.NewPageAsync(Look(theme, colours));
        await foreach (var _ in stranger.OpenStrangersPagesAsync(dashboard.Application))
        {
            await stranger.AssertRingsAsync();
        }

        var officer = await dashboard.NewSignedInPageAsync(await dashboard.Application.AddAccountAsync("raj@agency.gov.sg"), Look(theme, colours));
        await LookThroughAsync(officer, "/admin/mail");
        var administrator = await dashboard.NewSignedInPageAsync(await dashboard.Application.AddAdministratorAsync(), Look(theme, colours));
        await LookThroughAsync(administrator, "/hangfire");
        await LookThroughAsync(administrator, "/hangfire/recurring");
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task Every_stop_of_every_dialog_shows_its_ring(ColorScheme theme, ForcedColors colours)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAdministratorAsync();
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, colours));
        await foreach (var _ in page.OpenDialogsAsync(dashboard.Application, account))
        {
            await page.AssertRingsAsync();
        }
    }

    private static async Task LookThroughAsync(IPage page, string path)
    {
        await page.OpenStaticAsync(path);
        await page.AssertRingsAsync();
    }

    private static Action<BrowserNewContextOptions> Look(ColorScheme theme, ForcedColors colours) =>
        options => (options.ColorScheme, options.ForcedColors) = (theme, colours);
}
