using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>What people do on the Settings page, by the names that they read.</summary>
internal static class SettingsSteps
{
    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator OpenDialog(this IPage page, string name) => page.GetByRole(AriaRole.Dialog, new() { Name = name, Exact = true });

    public static ILocator Field(this IPage page, string name) => page.GetByLabel(name, new() { Exact = true });

    public static ILocator AccountMenu(this IPage page) => page.Locator("summary", new() { HasText = "Account menu" });

    /// <remarks>The end of the key may stand under its label. Playwright writes the expression between slashes.</remarks>
    public static ILocator Row(this IPage page, string label)
    {
        var name = new Regex($@"^{Regex.Escape(label).Replace("/", @"\/", StringComparison.Ordinal)}(\s*•.*)?$");
        return page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { NameRegex = name }) });
    }

    /// <summary>What opens the menu of a key's row.</summary>
    public static ILocator RowMenu(this IPage page, string label) => page.GetByLabel($"More actions for {label}", new() { Exact = true });

    /// <summary>Opens the menu of a key's row and chooses <paramref name="action"/>: <c>Edit Grant system</c>.</summary>
    public static async Task ChooseAsync(this IPage page, string label, string action)
    {
        await page.RowMenu(label).ClickAsync();
        await page.Button(action).ClickAsync();
    }

    /// <summary>From the page that asks for an address to the page that the person came for.</summary>
    public static async Task SignInAsync(this IPage page, DashboardApplication application, string address)
    {
        await page.Field("Email address").FillAsync(address);
        await page.Button("Send code").ClickAsync();
        await Expect(page.Field("Code")).ToBeFocusedAsync();
        await page.Field("Code").FillAsync(CodeIn(application.Mail.To(address)[^1].TextBody));
        await page.WhileBecomingInteractiveAsync(() => page.Button("Sign in").ClickAsync());
    }

    /// <returns>The token, as the dialog that is now open shows it.</returns>
    public static async Task<string> GenerateAsync(this IPage page, string label)
    {
        await page.Button("Generate API key").ClickAsync();
        await page.Field("Label").FillAsync(label);
        await page.Button("Generate key").ClickAsync();
        // From then on it also asks whoever leaves.
        await Expect(page.Field("API key")).ToBeFocusedAsync();
        return await page.Field("API key").InputValueAsync();
    }

    public static async Task FinishAsync(this IPage page)
    {
        await page.Field("I have saved this key").CheckAsync();
        await page.Button("Done").ClickAsync();
        await Expect(page.OpenDialog("Copy your API key")).ToHaveCountAsync(0);
    }

    public static string CodeIn(string? mail) => Regex.Match(mail ?? "", "[0-9]{3} [0-9]{3}").Value;
}
