using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>A dashboard in a process of its own that a page outlives.</summary>
internal static class RestartableServer
{
    /// <summary>At the same address each time, so that the page finds it again.</summary>
    public static async Task<DashboardProcess> StartAsync(string folder, int port)
    {
        var address = $"http://127.0.0.1:{port}";
        var server = DashboardProcess.Launch(folder, ("ASPNETCORE_URLS", address), ("Public:BaseUrl", address));
        server.Client.BaseAddress = new Uri(address);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>As a person does in Development: the code is in the mailbox of the program itself.</summary>
    public static async Task SignInAsync(IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.Field("Email address").FillAsync(email);
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
}
