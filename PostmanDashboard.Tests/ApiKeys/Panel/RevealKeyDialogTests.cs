using Bunit;
using MudBlazor;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing.Components;

namespace PostmanDashboard.Tests.ApiKeys.Panel;

public sealed class RevealKeyDialogTests : PanelTestContext
{
    private readonly ApiKeyToken token = ApiKeyToken.Generate();

    [Fact]
    public async Task The_key_is_shown_and_done_waits_for_the_tick()
    {
        await OpenAsync();
        Assert.Equal(token.Plaintext, Dialogs.Find("#api-key").GetAttribute("value"));
        Assert.True(Dialogs.Find("#api-key").HasAttribute("readonly"));
        Assert.True(Dialogs.Button("Done").HasAttribute("disabled"));

        await TickAsync(true);
        Assert.False(Dialogs.Button("Done").HasAttribute("disabled"));
        await TickAsync(false);

        Assert.True(Dialogs.Button("Done").HasAttribute("disabled"));
    }

    [Fact]
    public async Task After_done_the_key_is_neither_on_the_page_nor_in_the_dialog()
    {
        var dialog = await OpenAsync();
        var revealed = Dialogs.FindComponent<RevealKeyDialog>().Instance;
        await TickAsync(true);

        await Dialogs.Button("Done").ClickAsync(new());

        await dialog.Result;
        Assert.Null(revealed.Token);
        Dialogs.WaitForAssertion(() => Assert.DoesNotContain(token.Plaintext, Dialogs.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_key_can_be_tried_at_once_by_a_mail_to_the_account_and_by_examples_without_the_key()
    {
        await OpenAsync();

        await Dialogs.Button("Send me a test mail").ClickAsync(new());

        Dialogs.Says($"201 Created: it is on its way to {Account.Email}.");
        Assert.Equal($"Bearer {token.Plaintext}", Assert.Single(Api.Calls).Authorization);
        Assert.Contains("$POSTMAN_API_KEY", Dialogs.Find("pre[aria-label='Example in curl']").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Plaintext, Dialogs.Find(".try-it").InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_to_download_is_told_where_the_api_is_and_gets_the_key_from_its_field_alone()
    {
        await OpenAsync();

        var download = Dialogs.Button("Download .env");

        Assert.Equal("POSTMAN_API_URL=https://postman.example/v1\nPOSTMAN_API_KEY=", download.GetAttribute("data-download-before"));
        Assert.Equal("api-key", download.GetAttribute("data-download"));
        Assert.DoesNotContain(token.Plaintext, download.OuterHtml, StringComparison.Ordinal);
    }

    private Task<IDialogReference> OpenAsync() => ShowAsync<RevealKeyDialog>(new()
    {
        { dialog => dialog.Token, token },
        { dialog => dialog.AccountEmail, Account.Email! },
    });

    private Task TickAsync(bool saved) => Dialogs.Find("input[type=checkbox]").ChangeAsync(new() { Value = saved });
}
