using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Sessions;

/// <summary>Somebody who reads their mail gets in with a browser of their own, however often a stranger asks for their codes.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class NewBrowserTests(BrowserFixture browser)
{
    private const string Email = "admin@agency.gov.sg";

    [FactNeeding(Needs.Browser)]
    public async Task While_a_stranger_uses_up_the_codes_an_administrator_signs_in_by_keyboard()
    {
        await using var server = await TestSmtpServer.StartAsync();
        await using var dashboard = await DashboardBrowser.StartWithRealMailAsync(
            browser, ("Mail:Smtp:Host", TestSmtpServer.Host), ("Mail:Smtp:Port", $"{server.Port}"), ("Mail:Smtp:Security", "None"));
        await dashboard.Application.UseUpCodesAsync(Email);
        var page = await dashboard.NewPageAsync();

        await page.GotoAsync("/sign-in");
        await page.Keyboard.TypeAsync(Email);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("open the link in the latest of these emails");
        await page.GotoAsync(await LinkAsync(server));
        await TabToAsync(page, page.Button("Send code"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Field("Code")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(SignInMails.CodeIn((await server.NextAsync()).Read().TextBody));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview", Exact = true })).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    /// <summary>Reads the stranger's mails up to the one with a link.</summary>
    private static async Task<string> LinkAsync(TestSmtpServer server)
    {
        while (true)
        {
            var mail = (await server.NextAsync()).Read();
            if (mail.Subject!.EndsWith("link to get another", StringComparison.Ordinal))
            {
                Assert.Contains(SignInMails.LinkIn(mail.TextBody), mail.HtmlBody, StringComparison.Ordinal);
                return SignInMails.LinkIn(mail.TextBody);
            }
        }
    }

    private static async Task TabToAsync(IPage page, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var stop = 0; stop < 20 && !await target.EvaluateAsync<bool>("button => button === document.activeElement"); stop++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(target).ToBeFocusedAsync();
    }
}
