using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MimeKit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Everywhere;

/// <summary>Every page and dialog, in its ordinary states and its bad ones, on a desktop and a phone, light and dark.</summary>
[Collection(BrowserFixture.Everywhere)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    private const int Phone = 360;
    private const int Desktop = 1280;
    private const string Subject = "Your Postman sign-in code";

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Dark, Phone)]
    [InlineData(ColorScheme.Light, Desktop)]
    public async Task Every_live_page(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAdministratorAsync();
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, width));
        await foreach (var _ in page.OpenLivePagesAsync(dashboard.Application, account))
        {
            await page.AssertGoodAsync();
        }

        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Dark, Phone)]
    [InlineData(ColorScheme.Light, Desktop)]
    public async Task Every_dialog(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAdministratorAsync();
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, width));
        await foreach (var _ in page.OpenDialogsAsync(dashboard.Application, account))
        {
            await page.AssertGoodAsync();
        }

        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Desktop)]
    public async Task Pages_before_the_sign_in(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync(Look(theme, width));

        await page.GotoAsync("/sign-in");
        await page.AssertGoodAsync();
        await page.Field("Email address").FillAsync("mei@agency");
        await page.Button("Send code").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.Field("Email address").FillAsync("mei@agency.gov.sg");
        await page.Button("Send code").ClickAsync();
        await Expect(page.Field("Code")).ToBeFocusedAsync();
        await page.AssertGoodAsync();
        await page.Field("Code").FillAsync("no code");
        await page.Button("Sign in").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.GotoAsync(await dashboard.Application.UseUpCodesForLinkAsync("a.person.with.a.rather.long.name@department.agency.gov.sg"));
        await Expect(page.Button("Send code")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.GotoAsync("/sign-in/browser/unknown");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Desktop)]
    public async Task Pages_that_say_no_and_the_development_mailbox(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync(Look(theme, width));

        foreach (var path in (string[])["/nothing-is-here", "/error", "/dev/mail"])
        {
            await page.GotoAsync(path);
            await page.AssertGoodAsync();
        }

        using var mail = Mail();
        await dashboard.Application.Services.GetRequiredService<FolderMailTransport>().SendAsync(
            mail, mail.To.Mailboxes.Single().Address, CancellationToken.None);
        await page.GotoAsync("/dev/mail");
        await page.AssertGoodAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = Subject }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(Subject);
        // Axe would wait for ever in there: the frame lets no script run.
        await page.GetByTitle("The mail as HTML").EvaluateAsync("frame => frame.remove()");
        await page.AssertGoodAsync();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Desktop)]
    public async Task Generating_a_first_key(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"), Look(theme, width));
        await Expect(page.GetByText("You have no API keys yet")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.AccountMenu().ClickAsync();
        await page.AssertGoodAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await page.AssertGoodAsync();
        await page.Button("Generate key").ClickAsync();
        await Expect(page.GetByText("Give the key a label").First).ToBeVisibleAsync();
        await page.Field("Contact emails").FillAsync("nobody");
        await page.Button("Generate key").ClickAsync();
        await Expect(page.GetByText("“nobody” is not an email address").First).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.Button("Remove nobody").ClickAsync();
        await page.Field("Label").FillAsync("Grant system");
        await page.Button("Generate key").ClickAsync();

        await Expect(page.Field("API key")).ToBeFocusedAsync();
        await page.AssertGoodAsync();
        await page.Button("Copy").ClickAsync();
        await page.Field("I have saved this key").CheckAsync();
        await Expect(page.Button("Done")).ToBeEnabledAsync();
        await page.AssertGoodAsync();
        await page.Button("Done").ClickAsync();
        await Expect(page.Row("Grant system")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Desktop)]
    public async Task Keys_of_every_kind_and_their_dialogs(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await AddManyKeysAsync(dashboard.Application), Look(theme, width));
        await Expect(page.Row("Expired key")).ToContainTextAsync("Expired");
        await Expect(page.Row("Expiring key")).ToContainTextAsync("Expiring");
        await page.AssertGoodAsync();

        await page.ChooseAsync("Expiring key", "Edit Expiring key");
        await page.Field("Label").FillAsync("");
        await page.Button("Save").ClickAsync();
        await Expect(page.GetByText("Give the key a label").First).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.Button("Cancel").ClickAsync();
        await page.ChooseAsync("Expired key", "Delete Expired key");
        await Expect(page.OpenDialog("Delete Expired key?")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.Button("Cancel").ClickAsync();
        await page.Field("Find a key").FillAsync("nothing of the kind");
        await Expect(page.GetByText("No keys match")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        dashboard.AssertNoProblems();
    }

    private static async Task<PostmanDashboard.Accounts.Account> AddManyKeysAsync(DashboardApplication application)
    {
        var account = await application.AddAccountAsync("a.person.with.a.rather.long.name@department.agency.gov.sg");
        await application.IssueKeyAsync(
            account, "Expired key", ApiKeyLifetime.Days30, "a@agency.gov.sg", "b@agency.gov.sg", "c@agency.gov.sg", "d@agency.gov.sg");
        await application.IssueKeyAsync(account, "Expiring key", ApiKeyLifetime.Days60);
        application.Clock.Advance(TimeSpan.FromDays(40));
        await application.IssueKeyAsync(account, new string('x', ApiKeyLabel.MaxLength));
        for (var number = 1; number <= 8; number++)
        {
            await application.IssueKeyAsync(account, $"System {number}");
        }

        return account;
    }

    private static Action<BrowserNewContextOptions> Look(ColorScheme theme, int width) => options =>
    {
        options.ColorScheme = theme;
        options.ViewportSize = new ViewportSize { Width = width, Height = 740 };
        options.Permissions = ["clipboard-read", "clipboard-write"];
    };

    private static MimeMessage Mail() => new()
    {
        Subject = Subject,
        From = { new MailboxAddress("Postman", "donotreply@postman.example") },
        To = { new MailboxAddress("", "mei@agency.gov.sg") },
        Body = new MultipartAlternative(
            new TextPart("plain") { Text = "Your code is 123 456." },
            new TextPart("html") { Text = """<html lang="en"><title>Code</title><p>Your code is 123 456.</p></html>""" }),
    };
}
