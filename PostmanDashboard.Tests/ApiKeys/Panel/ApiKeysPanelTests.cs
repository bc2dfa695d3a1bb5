using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Dialogs;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Panel;

public sealed class ApiKeysPanelTests : PanelTestContext
{
    [Fact]
    public void An_account_without_keys_reads_what_a_key_is_for()
    {
        var panel = RenderPanel();

        panel.Says("You have no API keys yet");
        Assert.Empty(panel.FindAll("table"));
    }

    [Fact]
    public async Task While_the_keys_are_being_loaded_the_panel_says_so_and_not_that_there_are_none()
    {
        Held.Hold();
        var panel = RenderPanel();
        panel.Says("Loading your keys…");
        Assert.DoesNotContain("You have no API keys yet", panel.Text(), StringComparison.Ordinal);

        await panel.InvokeAsync(Held.LetGo);

        panel.Says("You have no API keys yet");
        Assert.DoesNotContain("Loading", panel.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_listed_with_all_that_is_known_of_them()
    {
        var key = await AddKeyAsync("Grant system", "ops@agency.gov.sg");

        var row = RenderPanel().Find("tbody tr");

        foreach (var text in (string[])[
            "Grant system", $"•••••{key.Hint}", "Never", "5 Jul 2026", "in 6 months", "Live"])
        {
            Assert.Contains(text, row.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_accounts_keys_are_not_shown()
    {
        await Keys.IssueAsync(await Keys.AddAccountAsync("li@agency.gov.sg"), "Not for Mei");

        RenderPanel().Says("You have no API keys yet");
    }

    [Fact]
    public async Task Keys_that_could_not_be_loaded_are_loaded_by_trying_again()
    {
        await AddKeyAsync();
        await Databases.BreakKeysAsync();
        var panel = RenderPanel();
        panel.Says("Your keys couldn’t be loaded.");
        Assert.DoesNotContain("You have no API keys yet", panel.Text(), StringComparison.Ordinal);

        await Databases.MendKeysAsync();
        await panel.Button("Try again").ClickAsync(new());

        panel.Says("Grant system");
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task The_list_is_looked_at_again_every_thirty_seconds()
    {
        var panel = RenderPanel();
        await AddKeyAsync();

        Keys.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.DoesNotContain("Grant system", panel.Text(), StringComparison.Ordinal);
        Keys.Clock.Advance(TimeSpan.FromSeconds(1));

        panel.Says("Grant system");
    }

    [Fact]
    public async Task A_refresh_that_fails_leaves_the_keys_and_says_that_they_may_be_out_of_date()
    {
        await AddKeyAsync();
        var panel = RenderPanel();
        await Databases.BreakKeysAsync();

        Keys.Clock.Advance(TimeSpan.FromSeconds(30));

        panel.Says("so they may be out of date");
        panel.Says("Grant system");
    }

    [Fact]
    public async Task A_panel_that_is_gone_asks_nothing_any_more()
    {
        RenderPanel();
        await DisposeComponentsAsync();
        await Databases.BreakKeysAsync();

        Keys.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Deleting_a_key_takes_it_off_the_list_and_says_so()
    {
        var key = await AddKeyAsync();
        _ = Dialogs;
        var panel = RenderPanel();

        var handled = panel.Button("Delete Grant system").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        await Dialogs.Button("Delete key").ClickAsync(new());
        await handled;

        panel.Says("Grant system was deleted. Calls with it are now rejected.");
        panel.Says("You have no API keys yet");
        await using var db = Databases.CreateDbContext();
        Assert.Equal(("mei@agency.gov.sg", "192.0.2.7"), db.ApiKeys.Where(row => row.Id == key.Id).Select(row => new { row.DeletedBy, row.DeletedFrom })
            .AsEnumerable().Select(row => (row.DeletedBy, row.DeletedFrom)).Single());
    }

    [Fact]
    public async Task A_new_key_is_shown_once_and_then_listed()
    {
        _ = Dialogs;
        var panel = RenderPanel();

        var handled = panel.Button("Generate API key").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        await Dialogs.Field("Label").InputAsync(new() { Value = "Payments" });
        await Dialogs.Button("Generate key").ClickAsync(new());
        Dialogs.WaitForElement("#api-key");
        Assert.True(ApiKeyToken.TryParse(Dialogs.Find("#api-key").GetAttribute("value"), out _));
        await Dialogs.Find("input[type=checkbox]").ChangeAsync(new() { Value = true });
        await Dialogs.Button("Done").ClickAsync(new());
        await handled;

        panel.Says("“Payments” is ready to use.");
        panel.Says("Payments");
    }

    private IRenderedComponent<ApiKeysPanel> RenderPanel() => Render<ApiKeysPanel>(parameters => parameters
        .Add(panel => panel.Account, new ActingAccount(Account.Id, Account.Email!, "192.0.2.7")));
}
