using Bunit;
using MudBlazor;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Networks;

public sealed class NetworksDialogTests : PanelTestContext
{
    [Fact]
    public async Task Networks_are_changed_and_noted_in_the_keys_activity_and_opened_again()
    {
        var key = await AddKeyAsync();
        var dialog = await OpenAsync(key.Id);
        Dialogs.Says("Takes effect from the next call. Calls from anywhere else get a 403 and appear on the key’s page.");

        await TypeAsync("203.0.113.0/24\n198.51.100.7");
        await SaveAsync();

        Assert.Equal("The networks of Grant system were saved.", (await dialog.Result)?.Data);
        Assert.Equal(["203.0.113.0/24", "198.51.100.7/32"], (await Keys.FindAsync(Account, key.Id))!.Networks.Ranges);
        await OpenAsync(key.Id);
        await TypeAsync("");
        await SaveAsync();
        Assert.True((await Keys.FindAsync(Account, key.Id))!.Networks.IsAnywhere);
        Assert.Equal(
            [
                (KeyEventKind.NetworksChanged, "203.0.113.0/24, 198.51.100.7/32 → Anywhere"),
                (KeyEventKind.NetworksChanged, "Anywhere → 203.0.113.0/24, 198.51.100.7/32"),
                (KeyEventKind.Generated, null),
            ],
            (await Keys.Get<KeyActivity>().ListAsync(Account.Id, key.Id, null, CancellationToken.None)).Select(noted => (noted.Kind, noted.Detail)));
    }

    [Fact]
    public async Task Saving_without_a_change_is_no_activity()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);

        await SaveAsync();

        Assert.Single(await Keys.Get<KeyActivity>().ListAsync(Account.Id, key.Id, null, CancellationToken.None));
    }

    [Fact]
    public async Task Another_order_is_saved_and_is_no_activity()
    {
        var key = await AddKeyAsync();
        await AllowAsync(key.Id, "203.0.113.0/24 198.51.100.0/24");
        var dialog = await OpenAsync(key.Id);

        await TypeAsync("198.51.100.0/24 203.0.113.0/24");
        await SaveAsync();

        Assert.NotNull(await dialog.Result);
        Assert.Equal(["198.51.100.0/24", "203.0.113.0/24"], (await Keys.FindAsync(Account, key.Id))!.Networks.Ranges);
        Assert.Equal("Anywhere → 203.0.113.0/24, 198.51.100.0/24", await LastDetailAsync(key.Id));
    }

    [Fact]
    public async Task What_is_no_network_is_said_at_once_and_isnt_saved()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);

        await TypeAsync("203.0.113.9/24");
        await SaveAsync();

        Dialogs.Says("Enter 203.0.113.0/24 for all of it, or 203.0.113.9 for it alone.");
        Assert.True((await Keys.FindAsync(Account, key.Id))!.Networks.IsAnywhere);
    }

    [Fact]
    public async Task What_a_change_would_have_rejected_is_shown_before_it_is_saved()
    {
        var key = await AddKeyAsync();
        var now = Keys.Clock.GetUtcNow();
        await Databases.AddCallerAsync(key.Id, "203.0.113.9", now.AddDays(-2), accepted: 5);
        await Databases.AddCallerAsync(key.Id, "198.51.100.7", now.AddDays(-1), accepted: 1200);
        // Neither changes anything for these.
        await Databases.AddCallerAsync(key.Id, "192.0.2.1", now.AddDays(-1), refused: 3);
        await Databases.AddCallerAsync(key.Id, "192.0.2.2", now.AddDays(-31), accepted: 3);
        await OpenAsync(key.Id);
        Assert.DoesNotContain("rejected:", Dialogs.Text(), StringComparison.Ordinal);

        await TypeAsync("203.0.113.0/24");
        Dialogs.Says("In the last 30 days, this would have rejected:");
        Dialogs.Says("1,200 calls, last 1 day ago");
        Assert.Contains("198.51.100.7", Assert.Single(Dialogs.FindAll(".caller-list li")).TextContent, StringComparison.Ordinal);

        await TypeAsync("203.0.113.0/24 198.51.100.0/24");
        Dialogs.Says("No caller from the last 30 days would be rejected.");
    }

    [Fact]
    public async Task Only_from_where_it_is_called_now_fills_in_those_who_called_and_were_accepted()
    {
        var key = await AddKeyAsync();
        var now = Keys.Clock.GetUtcNow();
        await Databases.AddCallerAsync(key.Id, "203.0.113.9", now, accepted: 5);
        await Databases.AddCallerAsync(key.Id, "2001:db8:1:2:3:4:5:6", now, accepted: 5);
        await Databases.AddCallerAsync(key.Id, "192.0.2.1", now, refused: 3);
        await OpenAsync(key.Id);

        await Dialogs.Button("Only from where it is called now").ClickAsync(new());
        Dialogs.Says("No caller from the last 30 days would be rejected.");
        await SaveAsync();

        Assert.Equal(["2001:db8:1:2::/64", "203.0.113.9/32"], (await Keys.FindAsync(Account, key.Id))!.Networks.Ranges.Order());
    }

    [Fact]
    public async Task Where_too_many_addresses_call_their_networks_are_filled_in()
    {
        var key = await AddKeyAsync();
        for (var number = 1; number <= NetworkList.MaxCount + 1; number++)
        {
            await Databases.AddCallerAsync(key.Id, $"203.0.113.{number}", Keys.Clock.GetUtcNow(), accepted: 1);
        }

        await OpenAsync(key.Id);
        await Dialogs.Button("Only from where it is called now").ClickAsync(new());
        await SaveAsync();

        Assert.Equal(["203.0.113.0/24"], (await Keys.FindAsync(Account, key.Id))!.Networks.Ranges);
    }

    [Fact]
    public async Task A_key_that_nothing_calls_isnt_offered_where_it_is_called_from()
    {
        await OpenAsync((await AddKeyAsync()).Id);

        Assert.DoesNotContain("Only from where", Dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_whose_callers_have_no_address_isnt_offered_where_it_is_called_from()
    {
        var key = await AddKeyAsync();
        await Databases.AddCallerAsync(key.Id, "", Keys.Clock.GetUtcNow(), accepted: 5);

        await OpenAsync(key.Id);

        Assert.DoesNotContain("Only from where", Dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_typed_nothing_undoes_what_a_colleague_changed_meanwhile()
    {
        var key = await AddKeyAsync();
        var dialog = await OpenAsync(key.Id);
        await AllowAsync(key.Id, "203.0.113.0/24");

        await SaveAsync();
        Dialogs.Says("This key’s networks were changed in the meantime: they are now 203.0.113.0/24.");
        Assert.Equal("203.0.113.0/24", Dialogs.Find("textarea").GetAttribute("value"));
        await SaveAsync();

        Assert.NotNull(await dialog.Result);
        Assert.Equal(["203.0.113.0/24"], (await Keys.FindAsync(Account, key.Id))!.Networks.Ranges);
    }

    [Fact]
    public async Task What_a_colleague_changed_meanwhile_is_replaced_only_after_it_was_shown()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);
        await AllowAsync(key.Id, "203.0.113.0/24");

        await TypeAsync("198.51.100.0/24");
        await SaveAsync();
        Dialogs.Says("they are now 203.0.113.0/24.");
        Assert.Equal(["203.0.113.0/24"], (await Keys.FindAsync(Account, key.Id))!.Networks.Ranges);
        await SaveAsync();

        Assert.Equal(["198.51.100.0/24"], (await Keys.FindAsync(Account, key.Id))!.Networks.Ranges);
        Assert.Equal("Added 198.51.100.0/24. Removed 203.0.113.0/24.", await LastDetailAsync(key.Id));
    }

    [Fact]
    public async Task What_changed_since_a_draft_was_begun_is_shown_with_it()
    {
        var key = await AddKeyAsync();
        await AllowAsync(key.Id, "203.0.113.0/24");

        await OpenAsync(key.Id, new NetworksDraft("198.51.100.0/24", Seen: null));

        Dialogs.Says("they are now 203.0.113.0/24.");
        Assert.Equal("198.51.100.0/24", Dialogs.Find("textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task What_was_typed_before_the_page_went_is_there_again()
    {
        var key = await AddKeyAsync();

        await OpenAsync(key.Id, new NetworksDraft("203.0.113.0/24", Seen: null));
        await SaveAsync();

        Assert.Equal(["203.0.113.0/24"], (await Keys.FindAsync(Account, key.Id))!.Networks.Ranges);
    }

    [Fact]
    public async Task A_key_that_was_deleted_meanwhile_is_reported()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);
        await Keys.DeleteAsync(Account, key.Id);

        await TypeAsync("203.0.113.0/24");
        await SaveAsync();

        Dialogs.Says("This key was deleted in the meantime.");
    }

    private async Task<IDialogReference> OpenAsync(Guid id, NetworksDraft? draft = null) => await ShowAsync<NetworksDialog>(new()
    {
        { dialog => dialog.AccountId, Account.Id },
        { dialog => dialog.ApiKey, (await Keys.FindAsync(Account, id))! },
        { dialog => dialog.Actor, TestKeys.By(Account) },
        { dialog => dialog.Draft, draft },
    });

    private async Task AllowAsync(Guid id, string networks)
    {
        Assert.True(NetworkList.TryParse(networks, out var list, out _));
        await Keys.Get<NetworkChanges>().ChangeAsync(Account.Id, id, NetworkList.Anywhere, list, TestKeys.By(Account), CancellationToken.None);
    }

    private async Task<string?> LastDetailAsync(Guid id) =>
        (await Keys.Get<KeyActivity>().ListAsync(Account.Id, id, null, CancellationToken.None))[0].Detail;

    private Task TypeAsync(string text) => Dialogs.Find("textarea").InputAsync(new() { Value = text });

    private Task SaveAsync() => Dialogs.Button("Save").ClickAsync(new());
}
