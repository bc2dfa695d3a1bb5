using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Usage.Panel;

/// <summary>What an owner sees of the use of a key.</summary>
public sealed class UsagePanelTests : PanelTestContext
{
    private static readonly DateTimeOffset Now = TestClock.Start;

    [Fact]
    public async Task A_key_without_a_call_says_so_and_shows_neither_chart_nor_table()
    {
        var panel = Show(await AddKeyAsync());

        Assert.Contains("No successful calls yet.", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("table, ol"));
    }

    [Fact]
    public async Task A_used_key_shows_its_last_use_its_days_and_its_callers()
    {
        var key = await AddKeyAsync();
        await WriteAsync(
            Call(key, Now.AddDays(-1), "192.0.2.1", "grants/1.0"),
            Call(key, Now, "192.0.2.2", ""),
            Call(key, Now, "192.0.2.2", "", KeyCallOutcome.AccountDisabled));

        var panel = Show(key);

        Assert.Contains("from 192.0.2.2", Text(panel.Find(".usage-last").TextContent), StringComparison.Ordinal);
        Assert.Equal(["4 Jan 2026: 1 accepted", "5 Jan 2026: 1 accepted, 1 rejected because the account was disabled"],
            panel.FindAll(".bars li").TakeLast(2).Select(day => Text(day.TextContent)));
        Assert.Equal(30, panel.FindAll(".bars li").Count);
        Assert.Equal(
            [["192.0.2.2", "doesn’t say", "1", "1"], ["192.0.2.1", "grants/1.0", "1", "0"]],
            panel.FindAll("tbody tr").Select(
                row => row.QuerySelectorAll("th, td").Where((_, column) => column is not (2 or 3)).Select(cell => cell.TextContent.Trim()).ToArray()));
    }

    [Fact]
    public async Task Callers_that_are_not_told_apart_stand_at_the_end_as_others()
    {
        var key = await AddKeyAsync();
        await WriteAsync([.. Enumerable.Range(0, 53).Select(i => Call(key, Now.AddSeconds(-i), $"192.0.2.{i}", "curl/8"))]);

        var last = Show(key).FindAll("tbody tr")[^1];

        Assert.Equal("others", last.QuerySelector("th")!.TextContent.Trim());
        Assert.Contains("everybody after the first 50 callers", last.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_brings_itself_up_to_date()
    {
        var key = await AddKeyAsync();
        var panel = Show(key);
        await WriteAsync(Call(key, Now, "192.0.2.1", "curl/8"));

        Keys.Clock.Advance(TimeSpan.FromSeconds(10));

        panel.WaitForAssertion(() => Assert.Single(panel.FindAll("tbody tr")));
    }

    [Fact]
    public async Task What_a_caller_calls_itself_is_only_text()
    {
        var key = await AddKeyAsync();
        await WriteAsync(Call(key, Now, "192.0.2.1", "<img src=x onerror=alert(1)>"));

        var panel = Show(key);

        Assert.Empty(panel.FindAll("img"));
        Assert.Contains("<img src=x onerror=alert(1)>", panel.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_said_and_can_be_tried_again()
    {
        var key = await AddKeyAsync();
        Calls.IsBroken = true;
        var panel = Show(key);
        Assert.Contains("couldn’t be loaded", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        Calls.IsBroken = false;
        await panel.Find("button").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("[role=alert]")));
    }

    private static KeyCall Call(ApiKeySummary key, DateTimeOffset at, string from, string userAgent, KeyCallOutcome outcome = KeyCallOutcome.Accepted) =>
        new(key.Id, outcome, at, CallerName.Of(from, userAgent));

    private static string Text(string content) => string.Join(' ', content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<UsagePanel> Show(ApiKeySummary key) => Render<UsagePanel>(parameters => parameters
        .Add(panel => panel.AccountId, Account.Id).Add(panel => panel.ApiKeyId, key.Id).Add(panel => panel.Label, key.Label));

    private async Task WriteAsync(params KeyCall[] calls)
    {
        using var usage = Keys.Create<CallRecorder>();
        foreach (var call in calls)
        {
            usage.Note(call);
        }

        await usage.StopAsync(CancellationToken.None);
    }
}
