using Bunit;
using MudBlazor;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Panel;

public sealed class EditKeyDialogTests : PanelTestContext
{
    [Fact]
    public async Task Label_and_contacts_are_changed()
    {
        var dialog = await OpenAsync(await AddKeyAsync("Grant system", "ops@agency.gov.sg"));
        await Dialogs.Field("Contact emails").TriggerEventAsync("onaddressestaken", new AddressesTakenEventArgs { Text = "li@agency.gov.sg" });

        await SaveAsync(" Grants 2027 ");

        Assert.Equal("Grants 2027 was saved.", (await dialog.Result.InTimeAsync())?.Data);
        var key = Assert.Single(await Keys.ListAsync(Account));
        Assert.Equal("Grants 2027", key.Label);
        Assert.Equal(["ops@agency.gov.sg", "li@agency.gov.sg"], key.Contacts);
    }

    [Fact]
    public async Task A_label_that_is_taken_is_told_and_stays_typed()
    {
        await AddKeyAsync("Payments");
        await OpenAsync(await AddKeyAsync());

        await SaveAsync("payments");

        Dialogs.Says("Another of your keys has this label.");
        Assert.Equal("payments", Dialogs.Field("Label").GetAttribute("value"));
    }

    [Fact]
    public async Task A_label_that_is_missing_is_reported()
    {
        await OpenAsync(await AddKeyAsync());

        await SaveAsync("");

        Dialogs.Says("Give the key a label");
    }

    [Fact]
    public async Task A_key_that_was_deleted_meanwhile_is_reported()
    {
        var key = await AddKeyAsync();
        await OpenAsync(key);
        await Keys.DeleteAsync(Account, key.Id);

        await SaveAsync("Grants 2027");

        Dialogs.Says("This key was deleted in the meantime");
    }

    [Fact]
    public async Task A_failure_says_that_nothing_was_changed_and_the_next_try_works()
    {
        var dialog = await OpenAsync(await AddKeyAsync());
        await Databases.BreakKeysAsync();
        await SaveAsync("Grants 2027");
        Dialogs.Says("The change could not be saved. Nothing was changed; please try again.");

        await Databases.MendKeysAsync();
        await Dialogs.Button("Save").ClickAsync(new());

        Assert.Equal("Grants 2027 was saved.", (await dialog.Result.InTimeAsync())?.Data);
    }

    private Task<IDialogReference> OpenAsync(ApiKeySummary key) => ShowAsync<EditKeyDialog>(new()
    {
        { dialog => dialog.AccountId, Account.Id },
        { dialog => dialog.ApiKey, key },
        { dialog => dialog.Actor, TestKeys.By(Account) },
    });

    private async Task SaveAsync(string label)
    {
        await Dialogs.Field("Label").InputAsync(new() { Value = label });
        await Dialogs.Button("Save").ClickAsync(new());
    }
}
