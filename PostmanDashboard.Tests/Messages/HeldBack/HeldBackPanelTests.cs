using Bunit;
using PostmanDashboard.Accounts;
using PostmanDashboard.Data;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.HeldBack;
using PostmanDashboard.Messages.HeldBack.Panel;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Messages.HeldBack;

/// <summary>Held-back addresses, as their account and administrators see them.</summary>
public sealed class HeldBackPanelTests : PanelTestContext
{
    [Fact]
    public void While_nothing_is_held_back_the_panel_says_so()
    {
        var panel = RenderPanel();

        panel.Says("No address is held back.");
        Assert.Empty(panel.FindAll("table, input"));
    }

    [Fact]
    public async Task An_address_is_released_by_its_button()
    {
        await HoldAsync(Account, "raj@example.org");
        await HoldAsync(Account, "li@example.org");
        var panel = RenderPanel();
        panel.Says(TestMessages.Bounce);

        await panel.Button("Release raj@example.org").ClickAsync(new());

        panel.Says("1 address released. Messages to it are sent again.");
        Assert.Equal(["li@example.org"], Addresses(panel));
    }

    [Fact]
    public async Task Several_are_chosen_and_released_together()
    {
        await HoldAsync(Account, "raj@example.org");
        await HoldAsync(Account, "li@example.org");
        var panel = RenderPanel();

        await panel.Find("[aria-label='Choose all on this page']").ChangeAsync(new() { Value = true });
        await panel.Button("Release 2 addresses").ClickAsync(new());

        panel.Says("2 addresses released. Messages to them are sent again.");
        panel.Says("No address is held back.");
    }

    [Fact]
    public async Task A_release_that_fails_is_told_and_nothing_is_released()
    {
        await HoldAsync(Account, "raj@example.org");
        var panel = RenderPanel();
        Mails.IsBroken = true;

        await panel.Button("Release raj@example.org").ClickAsync(new());

        panel.Says("That did not work, and nothing was changed.");
        Assert.Equal(["raj@example.org"], Addresses(panel));
    }

    [Fact]
    public async Task They_are_found_by_a_part_of_the_address_page_by_page()
    {
        foreach (var number in Enumerable.Range(1, 27))
        {
            Keys.Clock.Advance(TimeSpan.FromSeconds(1));
            await HoldAsync(Account, $"clerk{number}@example.org");
        }

        await HoldAsync(Account, "raj@example.org");
        var panel = RenderPanel();
        panel.Says("28 addresses");

        await panel.Field("Find an address").InputAsync(new() { Value = " CLERK" });
        Assert.Equal("clerk27@example.org", Addresses(panel)[0]);
        await panel.Button("Older").ClickAsync(new());
        Assert.Equal(["clerk2@example.org", "clerk1@example.org"], Addresses(panel));
        await panel.Button("Newer").ClickAsync(new());
        Assert.Equal(HeldAddressLists.PageSize, Addresses(panel).Count);

        await panel.Field("Find an address").InputAsync(new() { Value = "nobody" });
        panel.Says("No addresses match “nobody”.");
    }

    [Fact]
    public async Task Another_accounts_addresses_are_neither_seen_nor_released()
    {
        var stranger = await Keys.AddAccountAsync("li@agency.gov.sg");
        await HoldAsync(stranger, "raj@example.org");
        RenderPanel().Says("No address is held back.");
        await using var db = Databases.CreateDbContext();

        var released = await Keys.Get<HeldAddressLists>().ReleaseAsync(
            Account.Id, [.. db.HeldAddresses.Select(held => held.Id)], Account.Id, CancellationToken.None);

        Assert.Equal(0, released);
    }

    [Fact]
    public async Task An_administrator_sees_and_releases_those_of_all_accounts()
    {
        var stranger = await Keys.AddAccountAsync("li@agency.gov.sg");
        await HoldAsync(stranger, "raj@example.org");
        await HoldAsync(Account, "raj@example.org");
        var panel = Render<HeldBackPanel>(parameters => parameters.Add(one => one.AccountId, null).Add(one => one.ReleasedBy, Account.Id));
        panel.Says("for li@agency.gov.sg");

        await panel.Find("[aria-label='Choose all on this page']").ChangeAsync(new() { Value = true });
        await panel.Button("Release 2 addresses").ClickAsync(new());

        panel.Says("No address is held back.");
    }

    private IRenderedComponent<HeldBackPanel> RenderPanel() => Render<HeldBackPanel>(parameters => parameters
        .Add(panel => panel.AccountId, Account.Id)
        .Add(panel => panel.ReleasedBy, Account.Id));

    private static List<string> Addresses(IRenderedComponent<HeldBackPanel> panel) =>
        [.. panel.FindAll("tbody th .one-line[title]").Select(address => address.TextContent)];

    private async Task HoldAsync(Account account, string address)
    {
        var key = await Keys.IssueAsync(account, $"For {address}");
        await using var db = Databases.CreateDbContext();
        var message = await db.AddMessageAsync(TestMessages.Create(account.Id, key.Id, Keys.Clock.GetUtcNow(), address), MessageStatus.Bounced);
        Hold(db, account, address, message.Id);
        await db.SaveChangesAsync();
    }

    private void Hold(DashboardDbContext db, Account account, string address, Guid messageId) => db.HeldAddresses.Add(new HeldAddress
    {
        AccountId = account.Id,
        Address = address,
        NormalizedAddress = address.ToUpperInvariant(),
        Since = Keys.Clock.GetUtcNow(),
        Reason = TestMessages.Bounce,
        MessageId = messageId,
    });
}
