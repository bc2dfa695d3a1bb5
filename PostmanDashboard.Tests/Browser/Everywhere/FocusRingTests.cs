using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using MudBlazor;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.ApiKeys.Rotation.Guide;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>Whoever goes through a page by keyboard sees where they are.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class FocusRingTests(BrowserFixture browser)
{
    private const string Admin = "admin@agency.gov.sg";
    private const string Settings = "/settings";
    private const string Key = "/settings/keys/{0}";
    private const string Rotation = "/settings/keys/{0}/rotate";
    private const string OtherRotation = "/settings/keys/{1}/rotate";

    /// <summary>Where each dialog is opened, and by which buttons one after the other.</summary>
    private static readonly Dictionary<Type, (string Path, string[] Buttons)> Dialogs = new()
    {
        [typeof(GenerateKeyDialog)] = (Settings, ["Generate API key"]),
        [typeof(EditKeyDialog)] = (Key, ["Edit Grants"]),
        [typeof(AccessDialog)] = (Key, ["Change access of Grants"]),
        [typeof(DeleteKeyDialog)] = (Key, ["Delete Grants"]),
        [typeof(LeakDialog)] = (Key, ["I think Grants leaked"]),
        [typeof(ReissueDialog)] = (Key, ["Replace secret of Grants"]),
        [typeof(AbandonDialog)] = (Rotation, ["Create replacement", "Done", "Abandon rotation"]),
        [typeof(AccountLimitDialog)] = ("/admin/accounts", [$"Sending limit for {Admin}"]),
        [typeof(RetryAllDialog)] = ("/admin/mail", ["Retry all (1)"]),
        [typeof(RevealKeyDialog)] = (OtherRotation, ["Create replacement"]),
    };

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task Every_stop_of_every_page_shows_its_ring(ColorScheme theme, ForcedColors colours)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await AddAsync(dashboard.Application);
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, colours));
        foreach (var path in await dashboard.Application.AddLivePagesAsync(account))
        {
            await page.OpenInteractiveAsync(path);
            await UnfoldAsync(page);
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
        foreach (var path in (string[])["/sign-in", "/nothing-is-here", "/error", "/dev/mail", "/docs/api"])
        {
            await LookThroughAsync(stranger, path);
        }

        await LookThroughAsync(stranger, await dashboard.Application.UseUpCodesForLinkAsync("li@agency.gov.sg"));
        await stranger.GotoAsync("/sign-in");
        await stranger.Field("Email address").FillAsync("mei@agency.gov.sg");
        await stranger.Button("Send code").ClickAsync();
        await Expect(stranger.Field("Code")).ToBeFocusedAsync();
        await stranger.AssertRingsAsync();

        var officer = await dashboard.NewSignedInPageAsync(await dashboard.Application.AddAccountAsync("raj@agency.gov.sg"), Look(theme, colours));
        await LookThroughAsync(officer, "/admin/mail");
        var administrator = await dashboard.NewSignedInPageAsync(await dashboard.Application.AddAccountAsync(Admin), Look(theme, colours));
        await LookThroughAsync(administrator, "/hangfire");
        await LookThroughAsync(administrator, "/hangfire/recurring");
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, ForcedColors.None)]
    [InlineData(ColorScheme.Dark, ForcedColors.None)]
    [InlineData(ColorScheme.Light, ForcedColors.Active)]
    public async Task Every_stop_of_every_dialog_shows_its_ring(ColorScheme theme, ForcedColors colours)
    {
        Assert.Equal(DialogsOfTheProgram(), Dialogs.Keys.Select(dialog => dialog.Name).Order(StringComparer.Ordinal));
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await AddAsync(dashboard.Application);
        var key = (await dashboard.Application.IssueKeyAsync(account, "Grants")).Id;
        var other = (await dashboard.Application.IssueKeyAsync(account, "Licences")).Id;
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, colours));
        foreach (var (path, buttons) in Dialogs.Values)
        {
            await page.OpenInteractiveAsync(string.Format(CultureInfo.InvariantCulture, path, key, other));
            foreach (var button in buttons)
            {
                await PressAsync(page, button);
            }

            // It takes the focus a moment after it is seen: a Tab before that would start on the page behind.
            await Expect(page.GetByRole(AriaRole.Dialog).Locator(":focus")).ToBeVisibleAsync();
            await page.AssertRingsAsync();
        }
    }

    private static IEnumerable<string> DialogsOfTheProgram() => typeof(Program).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IComponent)) && type.GetProperties().Any(property => property.PropertyType == typeof(IMudDialogInstance)))
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal);

    /// <summary>An administrator with a mail that failed.</summary>
    private static async Task<Account> AddAsync(DashboardApplication app)
    {
        var account = await app.AddAccountAsync(Admin);
        app.Mail.Refusal = new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true);
        await app.IssueKeyAsync(account, "Surveys");
        await app.RunJobsAsync();
        app.Mail.Refusal = null;
        return account;
    }

    private static async Task PressAsync(IPage page, string button)
    {
        if (button == "Done")
        {
            await page.Field("I have saved this key").CheckAsync();
        }

        await page.Button(button).ClickAsync();
    }

    /// <summary>Opens what can be folded open: menus, details of keys, the history.</summary>
    private static async Task UnfoldAsync(IPage page)
    {
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(fold => fold.open = true)");
        var folded = page.Locator("button[aria-expanded=false]");
        while (await folded.CountAsync() is > 0 and var count)
        {
            await folded.First.ClickAsync();
            await Expect(folded).ToHaveCountAsync(count - 1);
        }
    }

    private static async Task LookThroughAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("h1").First).ToBeVisibleAsync();
        await page.AssertRingsAsync();
    }

    private static Action<BrowserNewContextOptions> Look(ColorScheme theme, ForcedColors colours) =>
        options => (options.ColorScheme, options.ForcedColors) = (theme, colours);
}
