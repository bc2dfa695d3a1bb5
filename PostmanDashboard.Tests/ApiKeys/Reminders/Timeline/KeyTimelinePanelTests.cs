using Bunit;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Reminders.Timeline;

public sealed class KeyTimelinePanelTests : PanelTestContext
{
    [Fact]
    public async Task What_could_not_be_done_stays_said_until_something_can()
    {
        var panel = await RenderAsync();
        await Databases.BreakKeysAsync();
        await panel.Button("Send a test mail").ClickAsync(new());
        panel.Says("The test mail could not be sent.");
        panel.Says("so they may be out of date");
        await Databases.MendKeysAsync();

        Keys.Clock.Advance(TimeSpan.FromSeconds(10));
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll("[role=alert]")));
        panel.Says("The test mail could not be sent.");
        await panel.Button("Send a test mail").ClickAsync(new());

        panel.Says("A test mail is on its way to the contact.");
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Reminders_that_could_not_be_refreshed_stay_and_are_read_by_trying_again()
    {
        var panel = await RenderAsync();
        await Databases.BreakKeysAsync();
        Keys.Clock.Advance(TimeSpan.FromSeconds(10));
        panel.Says("so they may be out of date");
        panel.Says("1 month before");
        await Databases.MendKeysAsync();

        await panel.Button("Try again").ClickAsync(new());

        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    private async Task<IRenderedComponent<KeyTimelinePanel>> RenderAsync()
    {
        var key = await AddKeyAsync("Grant system", "ops@agency.gov.sg");
        return Render<KeyTimelinePanel>(parameters => parameters
            .Add(panel => panel.AccountId, Account.Id)
            .Add(panel => panel.ApiKeyId, key.Id)
            .Add(panel => panel.Label, key.Label)
            .Add(panel => panel.Actor, TestKeys.By(Account)));
    }
}
