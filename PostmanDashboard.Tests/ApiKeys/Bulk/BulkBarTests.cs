using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Dialogs;
using PostmanDashboard.ApiKeys.Table;
using PostmanDashboard.Tests.Testing.Components;

namespace PostmanDashboard.Tests.ApiKeys.Bulk;

public sealed class BulkBarTests : PanelTestContext
{
    [Fact]
    public async Task Keys_are_chosen_one_by_one_or_all_that_are_shown_and_only_those_count()
    {
        await AddKeyAsync("Grants");
        await AddKeyAsync("Payments");
        var table = await RenderTableAsync(KeyFilter.None);
        Assert.Empty(table.FindAll(".bulk-bar"));

        await Box(table, "Select Grants").ChangeAsync(new() { Value = true });
        table.Says("1 selected");
        await Box(table, "Select all keys").ChangeAsync(new() { Value = true });
        table.Says("2 selected");
        table.Render(parameters => parameters.Add(shown => shown.Filter, new KeyFilter("grants", null)));
        table.Says("1 selected");
        await table.Button("Clear selection").ClickAsync(new());

        Assert.Empty(table.FindAll(".bulk-bar"));
    }

    [Fact]
    public async Task A_contact_is_replaced_and_what_could_not_be_done_is_said_key_by_key()
    {
        await AddKeyAsync("Grants", "tan@agency.gov.sg");
        await AddKeyAsync("Payments", "ops@agency.gov.sg");
        var table = await RenderTableAsync(KeyFilter.None);
        await Box(table, "Select all keys").ChangeAsync(new() { Value = true });

        var asking = table.Button("Replace a contact").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        await Dialogs.Find("form").SubmitAsync();
        Dialogs.Says("Enter the address of the contact to replace.");
        await Dialogs.Field("Contact to replace").ChangeAsync(new() { Value = "tan@agency.gov.sg" });
        await Dialogs.Field("New contact").InputAsync(new() { Value = "li@agency.gov.sg" });
        await Dialogs.Find("form").SubmitAsync();
        await asking;

        table.Says("1 of 2 keys was changed.");
        table.Says("Payments: tan@agency.gov.sg isn’t one of its contacts.");
        Assert.Equal(["li@agency.gov.sg"], (await Keys.ListAsync(Account)).Single(key => key.Label == "Grants").Contacts);
        Assert.Empty(table.FindAll(".bulk-bar"));
    }

    [Fact]
    public async Task Expired_keys_are_deleted_once_that_is_confirmed()
    {
        await Keys.IssueAsync(Account, "Old", ApiKeyLifetime.Days30);
        await AddKeyAsync("Grants");
        Keys.Clock.Advance(TimeSpan.FromDays(40));
        var table = await RenderTableAsync(KeyFilter.None);
        await Box(table, "Select Grants").ChangeAsync(new() { Value = true });
        Assert.DoesNotContain("Delete expired", table.Markup, StringComparison.Ordinal);
        await Box(table, "Select Old").ChangeAsync(new() { Value = true });

        var asking = table.Button("Delete expired").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        Dialogs.Says("Delete 1 expired key?");
        Dialogs.Says("1 selected key hasn’t expired and will be kept.");
        await Dialogs.Button("Delete expired keys").ClickAsync(new());
        await asking;

        table.Says("1 key was deleted.");
        Assert.Equal(["Grants"], (await Keys.ListAsync(Account)).Select(key => key.Label));
    }

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<ApiKeyTable> table, string name) => table.Find($"input[aria-label='{name}']");

    private async Task<IRenderedComponent<ApiKeyTable>> RenderTableAsync(KeyFilter filter)
    {
        // There before anything opens one.
        _ = Dialogs;
        var keys = await Keys.ListAsync(Account);
        return Render<ApiKeyTable>(parameters => parameters
            .Add(table => table.Account, new ActingAccount(Account.Id, Account.Email!, "192.0.2.1")).Add(table => table.Keys, keys)
            .Add(table => table.Filter, filter));
    }
}
