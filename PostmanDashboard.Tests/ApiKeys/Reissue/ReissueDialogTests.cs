using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Dialogs;
using PostmanDashboard.ApiKeys.Page;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Reissue;

/// <summary>Replacing the secret of a key on its page.</summary>
public sealed class ReissueDialogTests : PanelTestContext
{
    private const string Replace = "Replace secret of Grant system";

    [Fact]
    public async Task A_new_secret_is_shown_once_and_the_key_stays()
    {
        var key = await AddKeyAsync();
        var panel = OpenPage(key.Id);

        var handled = panel.Button(Replace).ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        Dialogs.Says($"The secret that ends in {key.Hint} stops working at once");
        await Dialogs.Button("Replace secret").ClickAsync(new());
        Dialogs.WaitForElement("#api-key");
        Assert.True(ApiKeyToken.TryParse(Dialogs.Find("#api-key").GetAttribute("value"), out var token));
        await Dialogs.Find("input[type=checkbox]").ChangeAsync(new() { Value = true });
        await Dialogs.Button("Done").ClickAsync(new());
        await handled;

        panel.Says("Grant system has a new secret. The previous one no longer works.");
        panel.Says($"•••••{token.Hint}");
        Assert.Equal(key.Id, Assert.Single(await Keys.ListAsync(Account)).Id);
        Assert.DoesNotContain(token.Plaintext, panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_replaces_nothing()
    {
        var key = await AddKeyAsync();
        var panel = OpenPage(key.Id);

        var handled = panel.Button(Replace).ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        await Dialogs.Button("Cancel").ClickAsync(new());
        await handled;

        Assert.Equal(key.Hint, (await Keys.FindAsync(Account, key.Id))!.Hint);
    }

    [Fact]
    public async Task A_key_that_was_used_while_the_dialog_was_open_keeps_its_secret_and_says_why()
    {
        var key = await AddKeyAsync();
        var panel = OpenPage(key.Id);
        _ = panel.Button(Replace).ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        await Databases.NoteUseAsync(key.Id, Keys.Clock.GetUtcNow());

        await Dialogs.Button("Replace secret").ClickAsync(new());

        Dialogs.Says("A program has used this key in the meantime");
        Assert.Equal(key.Hint, (await Keys.FindAsync(Account, key.Id))!.Hint);
    }

    [Fact]
    public async Task It_is_not_offered_for_a_key_that_was_used()
    {
        var key = await AddKeyAsync();
        await Databases.NoteUseAsync(key.Id, Keys.Clock.GetUtcNow());

        Assert.DoesNotContain("Replace secret", OpenPage(key.Id).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_offered_for_a_key_that_has_expired()
    {
        var key = await AddKeyAsync();
        Keys.Clock.Advance(TimeSpan.FromDays(200));

        Assert.DoesNotContain("Replace secret", OpenPage(key.Id).Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<KeyPanel> OpenPage(Guid key)
    {
        _ = Dialogs;
        return Render<KeyPanel>(parameters => parameters
            .Add(panel => panel.Account, new ActingAccount(Account.Id, Account.Email!, "192.0.2.7"))
            .Add(panel => panel.KeyId, key));
    }
}
