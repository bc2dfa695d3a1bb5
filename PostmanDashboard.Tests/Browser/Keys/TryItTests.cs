using Microsoft.Playwright;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>From a new key to a first mail, without leaving the page.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class TryItTests(BrowserFixture browser)
{
    private const string Mei = "mei@agency.gov.sg";

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task A_new_key_is_tried_next_to_its_reveal_by_a_mail_and_by_examples_to_copy(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard, theme, width);
        var token = await page.GenerateAsync("Grant system");

        await page.Button("Send me a test mail").ClickAsync();
        await Expect(page.GetByText($"201 Created: it is on its way to {Mei}.")).ToBeVisibleAsync();
        await page.GetByText("Show full response", new() { Exact = true }).ClickAsync();
        await AssertGoodAsync(page);
        await dashboard.Application.RunJobsAsync();
        Assert.Contains(dashboard.Application.Mail.To(Mei), mail => mail.Subject == "Your Postman API key works");

        await page.GetByText("How a program sends the key", new() { Exact = true }).ClickAsync();
        await AssertEachExampleIsCopiedAsync(dashboard, page);
        await AssertGoodAsync(page);
        Assert.Equal(token, await page.Field("API key").InputValueAsync());
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        await page.FinishAsync();
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_key_that_is_deleted_meanwhile_is_refused_in_words()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard, ColorScheme.Light, 1280);
        var token = await page.GenerateAsync("Grant system");
        using var client = dashboard.Application.CreateClient();
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/v1/api-keys/current") { Headers = { { "Authorization", $"Bearer {token}" } } };
        (await client.SendAsync(delete)).EnsureSuccessStatusCode();

        await page.Button("Send me a test mail").ClickAsync();

        await Expect(page.GetByText("401 Unauthorized: This API key was deleted.")).ToBeVisibleAsync();
        await page.FinishAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Dark, 360)]
    [InlineData(ColorScheme.Light, 1280)]
    public async Task The_details_of_a_key_have_the_same_examples(ColorScheme theme, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        await dashboard.Application.IssueKeyAsync(await dashboard.Application.AddAccountAsync(Mei));
        var page = await OpenAsync(dashboard, theme, width);

        await page.GetByRole(AriaRole.Link, new() { Name = "Grant system", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Calls", Exact = true }).ClickAsync();

        await AssertEachExampleIsCopiedAsync(dashboard, page);
        await AssertGoodAsync(page);
        dashboard.AssertNoProblems();
    }

    /// <summary>By keyboard alone, from the first language to the last.</summary>
    private static async Task AssertEachExampleIsCopiedAsync(DashboardBrowser dashboard, IPage page)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = "curl" }).FocusAsync();
        foreach (var snippet in Snippets.Create(dashboard.Address.ToString().TrimEnd('/'), Mei))
        {
            await Expect(page.GetByRole(AriaRole.Radio, new() { Name = snippet.Language, Exact = true })).ToBeFocusedAsync();
            await Expect(page.GetByLabel($"Example in {snippet.Language}", new() { Exact = true })).ToHaveTextAsync(snippet.Code);
            await page.Button("Copy the example").ClickAsync();
            await Expect(page.Button("Copied")).ToBeVisibleAsync();
            Assert.Equal(snippet.Code, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
            await page.GetByRole(AriaRole.Radio, new() { Name = snippet.Language, Exact = true }).FocusAsync();
            await page.Keyboard.PressAsync("ArrowRight");
        }
    }

    private static async Task<IPage> OpenAsync(DashboardBrowser dashboard, ColorScheme theme, int width)
    {
        await using var db = dashboard.Application.CreateDbContext();
        var account = db.Users.SingleOrDefault() ?? await dashboard.Application.AddAccountAsync(Mei);
        return await dashboard.OpenSettingsAsync(account, options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new ViewportSize { Width = width, Height = 740 };
            options.Permissions = ["clipboard-read", "clipboard-write"];
        });
    }

    /// <summary>No rule of accessibility is broken, and nothing has to be scrolled for sideways but code.</summary>
    private static async Task AssertGoodAsync(IPage page)
    {
        await page.AssertAccessibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        Assert.True(await page.EvaluateAsync<bool>(
            "[...document.querySelectorAll('.table-frame, .mud-dialog-content')].every(frame => frame.scrollWidth <= frame.clientWidth)"));
    }
}
