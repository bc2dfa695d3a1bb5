using Bunit;
using MudBlazor;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Pausing;

public sealed class PauseDialogTests : PanelTestContext
{
    [Fact]
    public async Task A_key_is_paused_and_resumed_and_both_are_noted_in_its_activity()
    {
        var key = await AddKeyAsync();
        var pausing = await OpenAsync(key.Id);
        Dialogs.Says("Nothing else changes: the key keeps its expiry date, and its contacts are reminded as before.");
        await Dialogs.Button("Pause key").ClickAsync(new());
        Assert.Equal("Grant system is paused. Calls with it are rejected until you resume it.", (await pausing.Result)?.Data);
        Assert.Equal(ApiKeyStatus.Paused, (await Keys.FindAsync(Account, key.Id))!.Status);

        var resuming = await OpenAsync(key.Id);
        Dialogs.Says("are accepted again, starting with the next one.");
        await Dialogs.Button("Resume key").ClickAsync(new());

        Assert.Equal("Grant system was resumed. Calls with it are accepted again.", (await resuming.Result)?.Data);
        Assert.Equal(ApiKeyStatus.Live, (await Keys.FindAsync(Account, key.Id))!.Status);
        Assert.Equal(
            [(KeyEventKind.Resumed, Account.Email!), (KeyEventKind.Paused, Account.Email!), (KeyEventKind.Generated, Account.Email!)],
            (await Keys.Get<KeyActivity>().ListAsync(Account.Id, key.Id, null, CancellationToken.None)).Select(noted => (noted.Kind, noted.ActorName)));
    }

    [Fact]
    public async Task Pausing_a_paused_key_again_is_no_activity()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);
        await Keys.Get<KeyPauses>().PauseAsync(Account.Id, key.Id, TestKeys.By(Account), CancellationToken.None);

        await Dialogs.Button("Pause key").ClickAsync(new());

        Assert.Equal(2, (await Keys.Get<KeyActivity>().ListAsync(Account.Id, key.Id, null, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_key_that_was_deleted_meanwhile_is_reported()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key.Id);
        await Keys.DeleteAsync(Account, key.Id);

        await Dialogs.Button("Pause key").ClickAsync(new());

        Dialogs.Says("This key was deleted in the meantime.");
    }

    private async Task<IDialogReference> OpenAsync(Guid id) => await ShowAsync<PauseDialog>(new()
    {
        { dialog => dialog.AccountId, Account.Id },
        { dialog => dialog.ApiKey, (await Keys.FindAsync(Account, id))! },
        { dialog => dialog.Actor, TestKeys.By(Account) },
    });
}
