using Bunit;
using MudBlazor;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing;

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

    private Task<IDialogReference> OpenAsync() => ShowAsync<RevealKeyDialog>(new() { { dialog => dialog.Token, token } });

    private Task TickAsync(bool saved) => Dialogs.Find("input[type=checkbox]").ChangeAsync(new() { Value = saved });
}
