using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser;

/// <summary>What people do on the Settings page, by the names that they read.</summary>
internal static class SettingsSteps
{
    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator OpenDialog(this IPage page, string name) => page.GetByRole(AriaRole.Dialog, new() { Name = name, Exact = true });

    public static ILocator Field(this IPage page, string name) => page.GetByLabel(name, new() { Exact = true });

    public static ILocator Row(this IPage page, string label) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = label, Exact = true }) });

    /// <returns>The token, as the dialog that is now open shows it.</returns>
    public static async Task<string> GenerateAsync(this IPage page, string label)
    {
        await page.Button("Generate API key").ClickAsync();
        await page.Field("Label").FillAsync(label);
        await page.Button("Generate key").ClickAsync();
        return await page.Field("API key").InputValueAsync();
    }

    public static async Task FinishAsync(this IPage page)
    {
        await page.Field("I have saved this key").CheckAsync();
        await page.Button("Done").ClickAsync();
        await Expect(page.OpenDialog("Copy your API key")).ToHaveCountAsync(0);
    }
}
