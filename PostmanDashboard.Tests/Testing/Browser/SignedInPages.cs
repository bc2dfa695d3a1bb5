using Microsoft.Playwright;
using PostmanDashboard.Accounts;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>Pages of somebody who has signed in already, for browser tests that are not about signing in.</summary>
public static class SignedInPages
{
    public static async Task<IPage> NewSignedInPageAsync(
        this DashboardBrowser dashboard, Account account, Action<BrowserNewContextOptions>? change = null)
    {
        var page = await dashboard.NewPageAsync(change);
        var cookie = (await dashboard.Application.CreateSignedInCookieAsync(account)).Split('=', 2);
        await page.Context.AddCookiesAsync([new Cookie { Name = cookie[0], Value = cookie[1], Url = dashboard.Address.ToString() }]);
        return page;
    }

    /// <summary>The Settings page of an account, ready for clicks.</summary>
    public static async Task<IPage> OpenSettingsAsync(
        this DashboardBrowser dashboard, Account account, Action<BrowserNewContextOptions>? change = null)
    {
        var page = await dashboard.NewSignedInPageAsync(account, change);
        await page.OpenInteractiveAsync("/settings");
        return page;
    }
}
