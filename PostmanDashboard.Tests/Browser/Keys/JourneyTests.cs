using System.Net;
using Microsoft.Playwright;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>An officer gets a key, a program uses it, and it stops when it is deleted.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class JourneyTests(BrowserFixture browser)
{
    private const string Mei = "mei@agency.gov.sg";

    [FactNeeding(Needs.Browser)]
    public async Task From_the_sign_in_to_a_key_that_works_until_it_is_deleted()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync(options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        await SignInAsync(dashboard, page);

        var token = await GenerateAsync(page);
        var row = page.Row("Grant system");
        await Expect(row).ToContainTextAsync($"•••••{token[^5..]}");
        await Expect(row).ToContainTextAsync("5 Apr");
        await Expect(row).ToContainTextAsync("Never");
        await Expect(row).ToContainTextAsync("Live");

        Assert.Equal(HttpStatusCode.OK, await CallAsync(dashboard, token));
        await SeeLastUseAsync(dashboard, row);
        await EditAsync(page);
        await DeleteAsync(page);
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(dashboard, token));

        await SignOutAsync(page);
        dashboard.AssertNoProblems();
    }

    private static async Task SignInAsync(DashboardBrowser dashboard, IPage page)
    {
        await page.GotoAsync("/");
        await page.SignInAsync(dashboard.Application, Mei);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Settings", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("You have no API keys yet")).ToBeVisibleAsync();
    }

    [FactNeeding(Needs.Browser)]
    public async Task The_first_key_takes_five_clicks_at_most_and_each_field_waits_for_its_text()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync(options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        var clicks = 0;
        Task ClickAsync(ILocator target)
        {
            clicks++;
            return target.ClickAsync();
        }

        await page.GotoAsync("/");
        await TypeAsync(page, "Email address", Mei);
        await Expect(page.Field("Code")).ToBeFocusedAsync();
        await page.WhileBecomingInteractiveAsync(() => TypeAsync(page, "Code", SettingsSteps.CodeIn(dashboard.Application.Mail.To(Mei)[^1].TextBody)));
        await ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }));
        await ClickAsync(page.Button("Generate API key"));
        await TypeAsync(page, "Label", "Grant system");
        await ClickAsync(page.Button("Copy"));
        await Expect(page.GetByText("Copied.", new() { Exact = true })).ToBeVisibleAsync();
        await ClickAsync(page.Field("I have saved this key"));
        await ClickAsync(page.Button("Done"));

        await Expect(page.Row("Grant system")).ToContainTextAsync("Live");
        Assert.InRange(clicks, 1, 5);
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_double_click_makes_one_key()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));

        await page.Button("Generate API key").ClickAsync();
        await page.Field("Label").FillAsync("Grant system");
        await page.Button("Generate key").DblClickAsync();
        await Expect(page.Field("API key")).ToBeVisibleAsync();

        await using var db = dashboard.Application.CreateDbContext();
        Assert.Equal(1, db.ApiKeys.Count());
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task Addresses_typed_fast_are_taken_whole()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));

        await page.Button("Generate API key").ClickAsync();
        await Expect(page.Field("Label")).ToBeFocusedAsync();
        await page.Field("Contact emails").PressSequentiallyAsync("first@agency.gov.sg,second@agency.gov.sg;third@agency.gov.sg fourth@agency.gov.sg");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Contacts" }).GetByRole(AriaRole.Listitem)).ToHaveTextAsync(
            ["mei@agency.gov.sg", "first@agency.gov.sg", "second@agency.gov.sg", "third@agency.gov.sg", "fourth@agency.gov.sg"]);
        await Expect(page.Field("Contact emails")).ToHaveValueAsync("");
    }

    /// <summary>Types where the focus is already, and ends with Enter.</summary>
    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await Expect(page.Field(field)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task<string> GenerateAsync(IPage page)
    {
        await page.Button("Generate API key").ClickAsync();
        await page.Field("Label").FillAsync("Grant system");
        await page.Field("Contact emails").FillAsync("ops@agency.gov.sg");
        await page.Field("90 days").CheckAsync();
        await Expect(page.OpenDialog("Generate API key")).ToContainTextAsync("5 Apr");
        await page.Button("Generate key").ClickAsync();

        var token = await page.Field("API key").InputValueAsync();
        Assert.True(ApiKeyToken.TryParse(token, out _));
        await page.Button("Copy").ClickAsync();
        await Expect(page.GetByText("Copied.", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(token, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.FinishAsync();
        return token;
    }

    private static async Task<HttpStatusCode> CallAsync(DashboardBrowser dashboard, string token)
    {
        using var program = new HttpClient();
        using var call = new HttpRequestMessage(HttpMethod.Get, new Uri(dashboard.Address, "/v1/api-keys/current"));
        call.Headers.Authorization = new("Bearer", token);
        using var answer = await program.SendAsync(call);
        return answer.StatusCode;
    }

    private static async Task SeeLastUseAsync(DashboardBrowser dashboard, ILocator row)
    {
        // Uses are written every few seconds, and the page looks again every thirty.
        dashboard.Application.Clock.Advance(TimeSpan.FromSeconds(10));
        dashboard.Application.Clock.Advance(TimeSpan.FromSeconds(30));
        await Expect(row).ToContainTextAsync("from 127.0.0.1");
        await Expect(row).Not.ToContainTextAsync("Never");
    }

    private static async Task EditAsync(IPage page)
    {
        await page.ChooseAsync("Grant system", "Edit Grant system");
        await page.Field("Label").FillAsync("Grants 2027");
        await page.Button("Remove ops@agency.gov.sg").ClickAsync();
        await page.Field("Contact emails").FillAsync("grants@agency.gov.sg");
        await page.Button("Save").ClickAsync();

        await Expect(page.Row("Grants 2027")).ToBeVisibleAsync();
        await Expect(page.Row("Grant system")).ToHaveCountAsync(0);
        await page.Field("Find a key").FillAsync("ops@agency.gov.sg");
        await Expect(page.GetByText("No keys match")).ToBeVisibleAsync();
        await page.Field("Find a key").FillAsync("grants@agency.gov.sg");
        await Expect(page.Row("Grants 2027")).ToBeVisibleAsync();
        await page.Field("Find a key").FillAsync("");
    }

    private static async Task DeleteAsync(IPage page)
    {
        await page.ChooseAsync("Grants 2027", "Delete Grants 2027");
        await Expect(page.OpenDialog("Delete Grants 2027?")).ToContainTextAsync("from 127.0.0.1");
        // It was used just now.
        await Expect(page.Button("Delete key")).ToBeDisabledAsync();
        await page.Field("Type the label to confirm").FillAsync("grants 2027");
        await page.Button("Delete key").ClickAsync();
        await Expect(page.GetByText("You have no API keys yet")).ToBeVisibleAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.AccountMenu().ClickAsync();
        await page.Button("Sign out").ClickAsync();
        await Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
        await page.GotoAsync("/settings");
        await Expect(page.Field("Email address")).ToBeVisibleAsync();
    }
}
