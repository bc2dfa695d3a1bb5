using Bunit;
using MudBlazor;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Access;

public sealed class AccessDialogTests : PanelTestContext
{
    [Fact]
    public async Task What_a_key_may_do_is_changed_and_noted_in_its_activity()
    {
        var key = await AddKeyAsync();
        var dialog = await OpenAsync(key.Id);
        Dialogs.Says("Sends, but can’t read any messages.");
        Dialogs.Says("Takes effect from the next call.");

        await Dialogs.FindAll("input[type=radio]")[1].ClickAsync(new());
        await SaveAsync();

        Assert.Equal("The access of Grant system was saved.", (await dialog.Result)?.Data);
        Assert.Equal(KeyAccess.OwnMessages, (await Keys.FindAsync(Account, key.Id))!.Access);
        var noted = (await Keys.Get<KeyActivity>().ListAsync(Account.Id, key.Id, null, CancellationToken.None))[0];
        Assert.Equal((KeyEventKind.AccessChanged, "Full → Own messages"), (noted.Kind, noted.Detail));
    }

    [Fact]
    public async Task Saving_without_a_change_is_no_activity()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);

        await SaveAsync();

        Assert.Equal(
            KeyEventKind.Generated, Assert.Single(await Keys.Get<KeyActivity>().ListAsync(Account.Id, key.Id, null, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task Nobody_who_chose_nothing_undoes_what_a_colleague_changed_meanwhile()
    {
        var key = await AddKeyAsync();
        var dialog = await OpenAsync(key.Id);
        await LockDownAsync(key.Id);

        await SaveAsync();
        Dialogs.Says("This key’s access was changed in the meantime: it is now Send only.");
        await SaveAsync();

        Assert.NotNull(await dialog.Result);
        Assert.Equal(KeyAccess.SendOnly, (await Keys.FindAsync(Account, key.Id))!.Access);
    }

    [Fact]
    public async Task What_a_colleague_changed_meanwhile_is_replaced_only_after_it_was_shown()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);
        await LockDownAsync(key.Id);

        await Dialogs.FindAll("input[type=radio]")[1].ClickAsync(new());
        await SaveAsync();
        Dialogs.Says("it is now Send only.");
        Assert.Equal(KeyAccess.SendOnly, (await Keys.FindAsync(Account, key.Id))!.Access);
        await SaveAsync();

        Assert.Equal(KeyAccess.OwnMessages, (await Keys.FindAsync(Account, key.Id))!.Access);
    }

    [Fact]
    public async Task A_key_that_was_deleted_meanwhile_is_reported()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);
        await Keys.DeleteAsync(Account, key.Id);

        await SaveAsync();

        Dialogs.Says("This key was deleted in the meantime.");
    }

    private async Task<IDialogReference> OpenAsync(Guid id) => await ShowAsync<AccessDialog>(new()
    {
        { dialog => dialog.AccountId, Account.Id },
        { dialog => dialog.ApiKey, (await Keys.FindAsync(Account, id))! },
        { dialog => dialog.Actor, TestKeys.By(Account) },
    });

    private async Task LockDownAsync(Guid id) => Assert.Equal(KeyAccess.SendOnly, await Keys.Get<AccessChanges>().ChangeAsync(
        Account.Id, id, KeyAccess.Full, KeyAccess.SendOnly, TestKeys.By(Account), CancellationToken.None));

    private Task SaveAsync() => Dialogs.Button("Save").ClickAsync(new());
}
