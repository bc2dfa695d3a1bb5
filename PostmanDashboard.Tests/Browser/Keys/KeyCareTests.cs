using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>What Settings offers around keys: their history, another secret, the check of a token, a calendar.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class KeyCareTests(BrowserFixture browser)
{
    private const int Phone = 360;
    private const int Desktop = 1280;

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Desktop)]
    public async Task The_history_shows_who_ended_a_key_and_who_still_calls_and_turns_its_pages(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        for (var number = 1; number <= 22; number++)
        {
            var key = await app.IssueKeyAsync(account, $"System {number:00}");
            await app.Services.GetRequiredService<ApiKeyService>().DeleteAsync(
                account.Id, key.Id, new Actor(account.Email!, "192.0.2.1"), CancellationToken.None);
            await Databases(dashboard).AddCallsAsync(key.Id, new DateOnly(2026, 1, 5), KeyCallOutcome.Deleted, number);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await app.IssueKeyAsync(account);
        var page = await dashboard.OpenSettingsAsync(account, Look(theme, width));
        await page.Button("Show 22 deleted keys").ClickAsync();

        await Expect(page.Row("System 22")).ToContainTextAsync("22 rejected");
        await Expect(page.Row("System 22")).ToContainTextAsync("mei@agency.gov.sg");
        await page.AssertGoodAsync();
        await page.Button("Older").ClickAsync();
        await Expect(page.Row("System 01")).ToBeVisibleAsync();
        await Expect(page.Row("System 22")).ToHaveCountAsync(0);

        await page.ChooseAsync("Grant system", "Delete Grant system");
        await page.Button("Delete key").ClickAsync();
        await Expect(page.Button("Hide 23 deleted keys")).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Desktop)]
    [InlineData(ColorScheme.Dark, Phone)]
    public async Task A_lost_secret_is_replaced_and_the_new_one_shown_once(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var lost = await dashboard.Application.IssueKeyAsync(account);
        var page = await dashboard.NewSignedInPageAsync(account, Look(theme, width));
        await page.OpenInteractiveAsync($"/settings/keys/{lost.Id}");

        await Expect(page.GetByText("This key hasn’t been used yet.")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.Button("Replace secret of Grant system").ClickAsync();
        await Expect(page.OpenDialog("Replace the secret of Grant system?")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        await page.Button("Replace secret").ClickAsync();
        var token = await page.Field("API key").InputValueAsync();
        await page.FinishAsync();

        Assert.NotEqual(lost.Token.Plaintext, token);
        await Expect(page.GetByText($"•••••{token[^5..]}")).ToBeVisibleAsync();
        await Expect(page.GetByText("Grant system has a new secret.")).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Desktop)]
    [InlineData(ColorScheme.Dark, Phone)]
    public async Task A_token_that_was_found_is_checked_and_left_nowhere(ColorScheme theme, int width)
    {
        using var logs = new RecordingLogs();
        await using var dashboard = await DashboardBrowser.StartAsync(browser, logs);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var issued = await dashboard.Application.IssueKeyAsync(account);
        var page = await dashboard.OpenSettingsAsync(account, Look(theme, width));

        await page.Field("Key to check").FillAsync($"Authorization: Bearer {issued.Token.Plaintext} ");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("This is your key “Grant system”.")).ToBeVisibleAsync();
        await Expect(page.Field("Key to check")).ToHaveValueAsync("");
        await page.AssertGoodAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "I think it leaked" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Grant system");
        await page.Button("Cancel").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Grant system", Level = 1 })).ToBeVisibleAsync();
        await page.OpenInteractiveAsync("/settings");
        await page.Field("Key to check").FillAsync(ApiKeyToken.Generate().Plaintext);
        await page.Button("Check").ClickAsync();
        await Expect(page.GetByText("This doesn’t match any of your keys.")).ToBeVisibleAsync();
        await page.AssertGoodAsync();

        Assert.DoesNotContain(issued.Token.Plaintext, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Token.Plaintext,
            await page.EvaluateAsync<string>("JSON.stringify([location.href, localStorage, sessionStorage, document.cookie, history.state])"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Token.Plaintext, logs.Text, StringComparison.Ordinal);
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task Contacts_are_pasted_or_typed_as_people_have_them()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"), Look(ColorScheme.Light, Desktop));
        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        var contacts = page.GetByRole(AriaRole.List, new() { Name = "Contacts" }).GetByRole(AriaRole.Listitem);

        await page.EvaluateAsync("navigator.clipboard.writeText('Tan, Mei @ Grants <ops@agency.gov.sg>；mailto:raj@agency.gov.sg')");
        await page.Field("Contact emails").PressAsync("Control+V");
        await Expect(contacts).ToHaveTextAsync(["mei@agency.gov.sg", "ops@agency.gov.sg", "raj@agency.gov.sg"]);
        await page.Field("Contact emails").PressSequentiallyAsync("Li Na @ Grants <li@agency.gov.sg>, ann@agency.gov.sg；ben@agency.gov.sg");
        await Expect(contacts).ToHaveTextAsync(["mei@agency.gov.sg", "ops@agency.gov.sg", "raj@agency.gov.sg", "li@agency.gov.sg", "ann@agency.gov.sg"]);
        await Expect(page.Field("Contact emails")).ToHaveValueAsync("ben@agency.gov.sg");
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, Phone)]
    [InlineData(ColorScheme.Dark, Desktop)]
    public async Task A_calendar_address_is_made_copied_read_replaced_and_removed(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser, ("Public:BaseUrl", ""));
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        await dashboard.Application.IssueKeyAsync(account);
        var page = await dashboard.OpenSettingsAsync(account, Look(theme, width));

        await page.Button("Make a calendar address").ClickAsync();
        var address = await page.Field("Calendar address").InputValueAsync();
        await page.Button("Copy").ClickAsync();
        await Expect(page.GetByText("Copied.", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(address, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.AssertGoodAsync();
        using var outlook = new HttpClient();
        Assert.Contains("Grant system", await outlook.GetStringAsync(new Uri(address)), StringComparison.Ordinal);

        await page.Button("New address").ClickAsync();
        await Expect(page.GetByText("The current address stops working")).ToBeFocusedAsync();
        await page.AssertGoodAsync();
        await page.Button("Make a new address").ClickAsync();
        await Expect(page.Field("Calendar address")).Not.ToHaveValueAsync(address);
        using var gone = await outlook.GetAsync(new Uri(address));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);

        await page.Button("Remove").ClickAsync();
        await page.Button("Remove the address").ClickAsync();
        await Expect(page.Button("Make a calendar address")).ToBeVisibleAsync();
        await Expect(page.GetByText("Calendar", new() { Exact = true })).ToBeFocusedAsync();
        dashboard.AssertNoProblems();
    }

    internal static IDbContextFactory<DashboardDbContext> Databases(DashboardBrowser dashboard) =>
        dashboard.Application.Services.GetRequiredService<IDbContextFactory<DashboardDbContext>>();

    private static Action<BrowserNewContextOptions> Look(ColorScheme theme, int width) => options =>
    {
        options.ColorScheme = theme;
        options.ViewportSize = new ViewportSize { Width = width, Height = 900 };
        options.Permissions = ["clipboard-read", "clipboard-write"];
    };
}
