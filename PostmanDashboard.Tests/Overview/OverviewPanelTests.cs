using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Overview;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Overview;

public sealed class OverviewPanelTests : PanelTestContext
{
    [Fact]
    public void Without_keys_it_leads_to_the_first_one_and_shows_no_empty_charts()
    {
        var panel = RenderPanel();

        Assert.Equal("/settings", panel.FindAll("a").Single(link => link.TextContent == "Generate a key in Settings").GetAttribute("href"));
        Assert.Empty(panel.FindAll(".bars, .expiries, .attention"));
    }

    [Fact]
    public async Task One_key_in_good_health_is_well_and_stands_on_the_line_with_its_reminders()
    {
        var key = await AddKeyAsync();

        var panel = RenderPanel();

        panel.Says("All clear. No key needs rotating yet");
        panel.Says("1 key: 1 live");
        panel.Says("No calls with your keys in the last 30 days.");
        Assert.Equal($"/settings/keys/{key.Id}", panel.Find(".expiry-label").GetAttribute("href"));
        Assert.Equal(4, panel.FindAll("li.expiry .expiry-mark").Count);
        Assert.Equal("left: 100%", panel.Find("li.expiry .expiry-end").GetAttribute("style"));
        panel.Says("Next reminder on 5 Jun 2026");
    }

    [Fact]
    public async Task Fifty_keys_show_their_first_expiries_and_all_of_them_on_demand()
    {
        for (var number = 1; number <= 50; number++)
        {
            await Keys.IssueAsync(Account, $"System {number}", number <= 8 ? ApiKeyLifetime.Days30 : ApiKeyLifetime.SixMonths);
        }

        Keys.Clock.Advance(TimeSpan.FromDays(16));
        var panel = RenderPanel();
        Assert.Equal(6, panel.FindAll(".attention-item").Count);
        Assert.Equal(10, panel.FindAll("li.expiry").Count);
        panel.Says("50 keys: 42 live, 8 expiring");

        await panel.Button("Show 2 more").ClickAsync(new());
        await panel.Button("Show all 50 keys").ClickAsync(new());
        // They stay, for whoever goes by keyboard.
        Assert.NotNull(panel.Button("Show fewer"));
        Assert.NotNull(panel.Button("Show fewer keys"));

        Assert.Equal(8, panel.FindAll(".attention-item").Count);
        Assert.Equal(50, panel.FindAll("li.expiry").Count);
    }

    [Fact]
    public async Task Calls_are_drawn_and_said()
    {
        var key = await AddKeyAsync();
        await Databases.AddCallsAsync(key.Id, new DateOnly(2026, 1, 5), KeyCallOutcome.Accepted, 1499);
        await Databases.AddCallsAsync(key.Id, new DateOnly(2026, 1, 5), KeyCallOutcome.AccountDisabled, 1);

        var panel = RenderPanel();

        panel.Says("1,500 calls in the last 30 days; 1 was rejected.");
        panel.Says("5 Jan 2026: 1,499 accepted, 1 rejected");
        Assert.Equal(30, panel.FindAll(".bars li").Count);
        Assert.Equal(["2,000", "0"], panel.FindAll(".scale span").Select(value => value.TextContent));
        Assert.Equal(panel.FindAll(".bars li")[^1].OuterHtml, Assert.Single(panel.FindAll(".bars .today")).OuterHtml);
    }

    [Fact]
    public async Task What_could_not_be_loaded_is_loaded_by_trying_again_and_looked_at_every_minute()
    {
        await Databases.BreakKeysAsync();
        var panel = RenderPanel();
        panel.Says("The overview couldn’t be loaded.");
        await Databases.MendKeysAsync();
        await panel.Button("Try again").ClickAsync(new());
        panel.Says("Get an API key");

        await AddKeyAsync();
        Keys.Clock.Advance(TimeSpan.FromMinutes(1));

        panel.Says("1 key: 1 live");
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task While_it_is_loading_it_says_so_and_nothing_else()
    {
        Held.Hold();
        var panel = RenderPanel();
        panel.Says("Loading your overview…");
        Assert.DoesNotContain("Get an API key", panel.Text(), StringComparison.Ordinal);

        await panel.InvokeAsync(Held.LetGo);

        panel.Says("Get an API key");
    }

    private IRenderedComponent<OverviewPanel> RenderPanel() => Render<OverviewPanel>(parameters => parameters.Add(panel => panel.AccountId, Account.Id));
}
