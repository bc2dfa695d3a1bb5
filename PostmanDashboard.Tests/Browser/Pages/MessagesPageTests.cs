using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PostmanDashboard.Accounts;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Pages;

/// <summary>What people see of the messages that their programs sent.</summary>
[Collection(BrowserFixture.Pages)]
public sealed class MessagesPageTests(BrowserFixture browser)
{
    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Messages_are_looked_through_and_looked_at(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var page = await dashboard.NewSignedInPageAsync(account, options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new ViewportSize { Width = width, Height = 740 };
        });
        var elsewhere = new List<string>();
        page.RequestFinished += (_, request) => elsewhere.AddRange(IsElsewhere(request) ? [request.Url] : []);
        // Refused by our policy, a request never left the browser. Any other failure is one that tried.
        page.RequestFailed += (_, request) => elsewhere.AddRange(IsElsewhere(request) && request.Failure != "csp" ? [$"{request.Url}: {request.Failure}"] : []);
        bool IsElsewhere(IRequest request) => !request.Url.StartsWith(dashboard.Address.ToString(), StringComparison.Ordinal);
        var recipients = page.GetByRole(AriaRole.Table, new() { Name = "Messages" }).GetByRole(AriaRole.Rowheader);

        await page.OpenInteractiveAsync("/settings");
        await page.GetByRole(AriaRole.Link, new() { Name = "Messages" }).ClickAsync();
        await Expect(page.GetByText("Nothing has been sent yet")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await AddMessagesAsync(dashboard.Application, account);
        dashboard.Application.Clock.Advance(TimeSpan.FromSeconds(31));
        await Expect(recipients).ToHaveCountAsync(3);
        await AssertGoodAsync(page);
        await page.PictureAsync(width == 1280 ? "messages" : "messages-phone");
        await Expect(page.Field("Tag")).ToBeHiddenAsync();
        if (width == 360)
        {
            await Expect(page.Field("Status")).ToBeHiddenAsync();
            await page.Button("Filters").ClickAsync();
        }

        await page.Field("Search").FillAsync("raj");
        await page.Field("Search").PressAsync("Enter");
        await Expect(recipients).ToHaveCountAsync(1);
        Assert.EndsWith("/messages?search=raj", page.Url, StringComparison.Ordinal);
        await page.Field("Status").SelectOptionAsync("Sent");
        await Expect(page.GetByText("No messages match these filters.")).ToBeVisibleAsync();
        await AssertGoodAsync(page);
        await page.GoBackAsync();
        await Expect(recipients).ToHaveTextAsync([new Regex("^raj@example\\.org")]);
        await Expect(page.Field("Status")).ToHaveValueAsync("");

        await page.Button("Details of “Your receipt” to raj@example.org").PressAsync("Enter");
        await Expect(page.FrameLocator("iframe").GetByText("Thank you, Raj.")).ToBeVisibleAsync();
        await Expect(page.FrameLocator("iframe").GetByAltText("Our seal")).ToBeVisibleAsync();
        if (width == 1280)
        {
            await page.PictureAsync("message");
        }

        Assert.Empty(elsewhere);
        // Axe would wait for ever in there: the frame lets no script run.
        await page.Locator("iframe").EvaluateAsync("frame => frame.remove()");
        await AssertGoodAsync(page);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" }).ClickAsync());
        Assert.Matches(@"^messages-\d{4}-01-05\.csv$", download.SuggestedFilename);
        Assert.Equal(2, (await File.ReadAllLinesAsync(await download.PathAsync())).Length);
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData("From day", "from", 2001, 2002)]
    [InlineData("To day", "to", 8001, 8002)]
    public async Task A_day_is_typed_key_by_key(string field, string parameter, int year, int anotherYear)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        await AddMessagesAsync(dashboard.Application, account);
        var page = await dashboard.NewSignedInPageAsync(account);
        await page.OpenInteractiveAsync("/messages");
        await page.Button("Filters").ClickAsync();

        // The first digits of a year are years as well, of long ago.
        foreach (var typed in new[] { year, anotherYear })
        {
            // Read the same whether days or months come first.
            await TypeSlowlyAsync($"0101{typed}");
            await Expect(page).ToHaveURLAsync(new Regex($"/messages\\?{parameter}={typed}-01-01$"));
            // The address changes before the page does, which then writes the day into the field once more.
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" })).ToHaveAttributeAsync(
                "href", new Regex($"{parameter}={typed}-01-01"));
            await Expect(page.Field(field)).ToHaveValueAsync($"{typed}-01-01");
            await Expect(page.Field(field)).ToBeFocusedAsync();
        }

        await page.Field(field).FillAsync("");
        await HearFromServerAsync();
        await page.Field("Search").FocusAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/messages$"));
        dashboard.AssertNoProblems();

        async Task TypeSlowlyAsync(string keys)
        {
            await page.Field(field).BlurAsync();
            await page.Field(field).FocusAsync();
            foreach (var key in keys)
            {
                await page.Keyboard.PressAsync(key.ToString());
                await HearFromServerAsync();
            }
        }

        // What the server makes of a key has come back by the time at which a click that doesn't move the focus is answered twice.
        async Task HearFromServerAsync()
        {
            var details = page.Button("Details of “Your receipt” to li@example.org");
            foreach (var isOpen in new[] { "true", "false" })
            {
                await details.EvaluateAsync("button => button.click()");
                await Expect(details).ToHaveAttributeAsync("aria-expanded", isOpen);
            }
        }
    }

    private static async Task AddMessagesAsync(DashboardApplication app, Account account)
    {
        var key = await app.IssueKeyAsync(account);
        var now = app.Clock.GetUtcNow();
        await using var db = app.CreateDbContext();
        await db.AddMessageAsync(TestMessages.Create(
            account.Id, key.Id, now.AddMinutes(-3), tag: "receipts",
                body: "<p>Thank you, Raj.</p><img src=\"https://tracker.example/pixel.gif\" alt=\"\"><img src=\"cid:0\" alt=\"Our seal\">"),
                MessageStatus.Bounced);
        await db.AddMessageAsync(
            TestMessages.Create(account.Id, key.Id, now.AddMinutes(-2), "a.person.with.a.rather.long.name@department.agency.gov.sg", new string('x', 200)),
            MessageStatus.Sent);
        await db.AddMessageAsync(TestMessages.Create(account.Id, key.Id, now.AddMinutes(-1), "li@example.org"));
    }

    /// <summary>No rule of accessibility is broken, and nothing has to be scrolled for sideways.</summary>
    private static async Task AssertGoodAsync(IPage page)
    {
        await page.AssertAccessibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.table-frame')].every(frame => frame.scrollWidth <= frame.clientWidth)"));
    }
}
