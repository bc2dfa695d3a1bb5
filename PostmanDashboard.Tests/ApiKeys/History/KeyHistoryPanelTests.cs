using Bunit;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.History;

public sealed class KeyHistoryPanelTests : PanelTestContext
{
    [Fact]
    public async Task Without_past_keys_there_is_no_history_to_look_at()
    {
        await AddKeyAsync();

        Assert.Empty(RenderPanel().Markup.Trim());
    }

    [Fact]
    public async Task Past_keys_are_shown_on_demand_with_all_that_is_known_of_them()
    {
        var key = await AddKeyAsync();
        await Keys.DeleteAsync(Account, key.Id);
        await Databases.AddCallsAsync(key.Id, new DateOnly(2026, 1, 5), KeyCallOutcome.Deleted, 1200);
        var panel = RenderPanel();
        Assert.Empty(panel.FindAll("table"));

        await panel.Button("Show 1 deleted key").ClickAsync(new());

        var row = panel.Find("tbody tr").TextContent;
        foreach (var text in (string[])[
            "Grant system", $"•••••{key.Hint}", "5 Jan 2026, 17:00 SGT", "mei@agency.gov.sg", "from 192.0.2.1", "Never", "1,200 rejected"])
        {
            Assert.Contains(text, row, StringComparison.Ordinal);
        }

        await panel.Button("Hide 1 deleted key").ClickAsync(new());
        Assert.Empty(panel.FindAll("table"));
    }

    [Fact]
    public async Task Long_histories_are_turned_page_by_page()
    {
        for (var number = 1; number <= 21; number++)
        {
            await Keys.DeleteAsync(Account, (await AddKeyAsync($"System {number}")).Id);
            Keys.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var panel = RenderPanel();
        await panel.Button("Show 21 deleted keys").ClickAsync(new());
        panel.Says("1–20 of 21");
        Assert.True(panel.Button("Newer").HasAttribute("disabled"));
        Assert.Equal("System 21", panel.Find("tbody th .one-line").TextContent);

        await panel.Button("Older").ClickAsync(new());

        panel.Says("21–21 of 21");
        Assert.Equal("System 1", Assert.Single(panel.FindAll("tbody th .one-line:first-child")).TextContent);
        Assert.True(panel.Button("Older").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_history_that_could_not_be_loaded_is_loaded_by_trying_again()
    {
        await Keys.DeleteAsync(Account, (await AddKeyAsync()).Id);
        await Databases.BreakKeysAsync();
        var panel = RenderPanel();
        panel.Says("The history couldn’t be loaded");

        await Databases.MendKeysAsync();
        await panel.Button("Load the history again").ClickAsync(new());

        Assert.NotNull(panel.Button("Show 1 deleted key"));
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    private IRenderedComponent<KeyHistoryPanel> RenderPanel() => Render<KeyHistoryPanel>(parameters => parameters.Add(panel => panel.AccountId, Account.Id));
}
