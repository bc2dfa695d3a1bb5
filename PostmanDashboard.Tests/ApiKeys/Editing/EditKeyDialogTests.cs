using Bunit;
using MudBlazor;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Editing;

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
    public async Task Enter_saves_too()
    {
        var dialog = await OpenAsync(await AddKeyAsync());
        await Dialogs.Field("Label").InputAsync(new() { Value = "Payments" });

        await Dialogs.Find("form").SubmitAsync();

        Assert.Equal("Payments was saved.", (await dialog.Result.InTimeAsync())?.Data);
    }

    [Fact]
    public async Task Escape_closes_the_dialog_as_long_as_nothing_was_typed()
    {
        var dialog = await OpenAsync(await AddKeyAsync());

        await PressEscapeAsync();

        Assert.True((await dialog.Result.InTimeAsync())?.Canceled);
    }

    [Fact]
    public async Task Escape_asks_before_it_throws_away_what_was_typed()
    {
        var dialog = await OpenAsync(await AddKeyAsync());
        await Dialogs.Field("Label").InputAsync(new() { Value = "Payments" });

        await PressEscapeAsync();
        Dialogs.Says("Discard what you typed?");
        await Dialogs.Button("Keep editing").ClickAsync(new());
        Assert.Equal("Payments", Dialogs.Field("Label").GetAttribute("value"));
        await PressEscapeAsync();
        await PressEscapeAsync();
        Assert.DoesNotContain("Discard", Dialogs.Markup, StringComparison.Ordinal);
        await PressEscapeAsync();
        await Dialogs.Button("Discard").ClickAsync(new());

        Assert.True((await dialog.Result.InTimeAsync())?.Canceled);
        Assert.Equal("Grant system", Assert.Single(await Keys.ListAsync(Account)).Label);
    }

    [Fact]
    public async Task What_a_colleague_changed_meanwhile_is_shown_before_it_is_replaced()
    {
        var key = await AddKeyAsync("Grant system", "ops@agency.gov.sg");
        var dialog = await OpenAsync(key);
        await Keys.ChangeAsync(Account, key.Id, "Permits", "li@agency.gov.sg");

        await SaveAsync("Payments");
        Dialogs.Says("This key was changed while you were editing it. It’s now called Permits, with the contacts li@agency.gov.sg.");
        Assert.Equal("Permits", Assert.Single(await Keys.ListAsync(Account)).Label);
        Assert.Equal("Payments", Dialogs.Field("Label").GetAttribute("value"));
        await Dialogs.Button("Save").ClickAsync(new());

        Assert.Equal("Payments was saved.", (await dialog.Result.InTimeAsync())?.Data);
        Assert.Equal("Payments", Assert.Single(await Keys.ListAsync(Account)).Label);
    }

    [Fact]
    public async Task What_was_typed_before_the_page_went_comes_back_and_says_what_is_newer()
    {
        var key = await AddKeyAsync("Grant system", "ops@agency.gov.sg");
        var draft = EditKeyDraft.Of(key) with { Label = "Payments" };
        await Keys.ChangeAsync(Account, key.Id, "Permits", "li@agency.gov.sg");

        await OpenAsync((await Keys.FindAsync(Account, key.Id))!, draft);

        Dialogs.Says("It’s now called Permits");
        Assert.Equal("Payments", Dialogs.Field("Label").GetAttribute("value"));
        Assert.NotNull(Dialogs.Button("Remove ops@agency.gov.sg"));
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

    /// <summary>As shell.js does.</summary>
    private Task PressEscapeAsync() => Dialogs.Find("[data-escape]").ClickAsync(new());

    private Task<IDialogReference> OpenAsync(ApiKeySummary key, EditKeyDraft? draft = null) => ShowAsync<EditKeyDialog>(new()
    {
        { dialog => dialog.AccountId, Account.Id },
        { dialog => dialog.ApiKey, key },
        { dialog => dialog.Actor, TestKeys.By(Account) },
        { dialog => dialog.Draft, draft },
    });

    private async Task SaveAsync(string label)
    {
        await Dialogs.Field("Label").InputAsync(new() { Value = label });
        await Dialogs.Button("Save").ClickAsync(new());
    }
}
