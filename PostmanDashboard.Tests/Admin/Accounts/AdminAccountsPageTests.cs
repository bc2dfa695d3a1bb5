using AngleSharp.Dom;
using Bunit;
using PostmanDashboard.Admin.Accounts;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Admin.Accounts;

public sealed class AdminAccountsPageTests : PanelTestContext
{
    [Fact]
    public async Task While_the_accounts_are_being_loaded_the_page_says_so()
    {
        Held.Hold();
        var page = Render<AdminAccountsPage>();
        page.Says("Loading…");

        await page.InvokeAsync(Held.LetGo);

        page.Says("1–1 of 1 account");
        Assert.DoesNotContain("Loading", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_shown_with_its_keys_its_limit_and_its_state()
    {
        await AddKeyAsync();
        await Keys.SetDisabledAsync(await Keys.AddAccountAsync("li@agency.gov.sg"), Keys.Clock.GetUtcNow());

        var rows = Render<AdminAccountsPage>().FindAll("tbody tr");

        Assert.Equal(["li@agency.gov.sg", "mei@agency.gov.sg"], rows.Select(row => Cell(row, "Address")));
        Assert.StartsWith("5 Jan 2026, 17:00 SGT", Cell(rows[1], "Since"), StringComparison.Ordinal);
        Assert.Equal(("0", "1"), (Cell(rows[0], "Live keys"), Cell(rows[1], "Live keys")));
        Assert.Equal("10 a second default", Cell(rows[1], "Limit"));
        Assert.StartsWith("Disabled 5 Jan 2026", Cell(rows[0], "Status"), StringComparison.Ordinal);
        Assert.Equal("Enabled", Cell(rows[1], "Status"));
    }

    [Fact]
    public async Task A_limit_of_its_own_is_set_and_taken_back()
    {
        var page = Render<AdminAccountsPage>();

        await SetLimitAsync(page, "50");
        page.Says("mei@agency.gov.sg may send 50 messages a second.");
        page.WaitForAssertion(() => Assert.Equal("50 a second custom", Cell(page.Find("tbody tr"), "Limit")));
        Assert.Equal(50, await LimitAsync());

        await SetLimitAsync(page, "");
        page.Says("mei@agency.gov.sg may send 10 messages a second, as by default.");
        Assert.Null(await LimitAsync());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("ten")]
    [InlineData("10001")]
    [InlineData("99999999999999")]
    public async Task What_is_not_a_limit_is_refused_with_what_would_be_one_and_stays_typed(string typed)
    {
        var page = Render<AdminAccountsPage>();

        await SetLimitAsync(page, typed);

        Dialogs.Says("Enter a whole number from 1 to 10000, or leave it empty for the default of 10.");
        Assert.Equal(typed, Dialogs.Field("Messages per second").GetAttribute("value"));
        Assert.Null(await LimitAsync());
        await Dialogs.Button("Cancel").ClickAsync(new());
        Assert.Equal("10 a second default", Cell(page.Find("tbody tr"), "Limit"));
    }

    [Fact]
    public async Task Enter_saves_too()
    {
        var page = Render<AdminAccountsPage>();
        Open(page);
        await Dialogs.Field("Messages per second").InputAsync(" 7 ");

        await Dialogs.Find("form").SubmitAsync();

        page.Says("mei@agency.gov.sg may send 7 messages a second.");
        Assert.Equal(7, await LimitAsync());
    }

    [Fact]
    public async Task An_account_is_found_by_a_part_of_its_address()
    {
        await Keys.AddAccountAsync("li@agency.gov.sg");
        var page = Render<AdminAccountsPage>();

        await page.Field("Find an account").InputAsync("LI@");
        page.WaitForAssertion(() => Assert.Equal(["li@agency.gov.sg"], page.FindAll("tbody th").Select(cell => cell.TextContent)));
        await page.Field("Find an account").InputAsync(" nobody ");

        page.Says("No accounts match “nobody”.");
    }

    [Fact]
    public async Task Many_accounts_are_turned_through_page_by_page_and_a_search_begins_at_the_first()
    {
        for (var number = 0; number < 30; number++)
        {
            await Keys.AddAccountAsync($"team{number:00}@agency.gov.sg");
        }

        var page = Render<AdminAccountsPage>();
        page.Says("1–25 of 31 accounts");
        Assert.True(page.Button("Previous").HasAttribute("disabled"));
        await page.Button("Next").ClickAsync(new());
        page.Says("26–31 of 31 accounts");
        Assert.True(page.Button("Next").HasAttribute("disabled"));
        await page.Field("Find an account").InputAsync("team");
        page.Says("1–25 of 30 accounts");
        await page.Button("Next").ClickAsync(new());
        await page.Button("Previous").ClickAsync(new());

        page.Says("1–25 of 30 accounts");
    }

    [Fact]
    public async Task Accounts_that_could_not_be_loaded_are_loaded_by_trying_again()
    {
        await Databases.BreakKeysAsync();
        var page = Render<AdminAccountsPage>();
        page.Says("The accounts couldn’t be loaded.");

        await Databases.MendKeysAsync();
        await page.Button("Try again").ClickAsync(new());

        page.Says("1–1 of 1 account");
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    private static string Cell(IElement row, string column) =>
        string.Join(' ', row.QuerySelector($"[data-column='{column}']")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<int?> LimitAsync()
    {
        await using var db = await Databases.CreateDbContextAsync();
        return db.Users.Single().MessagesPerSecond;
    }

    private void Open(IRenderedComponent<AdminAccountsPage> page)
    {
        _ = Dialogs;
        // Not awaited: this click is over when the dialog is.
        _ = page.Button("Sending limit for mei@agency.gov.sg").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
    }

    private async Task SetLimitAsync(IRenderedComponent<AdminAccountsPage> page, string typed)
    {
        Open(page);
        await Dialogs.Field("Messages per second").InputAsync(typed);
        await Dialogs.Button("Save").ClickAsync(new());
    }
}
