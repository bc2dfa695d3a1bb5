using Bunit;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Panel;

public sealed class DeleteKeyDialogTests : PanelTestContext
{
    [Fact]
    public async Task It_says_which_key_when_it_was_made_and_used_and_what_will_stop()
    {
        var key = await AddKeyAsync() with { LastUsedAt = TestClock.Start.AddDays(-3), LastUsedFrom = "192.0.2.44" };
        await Databases.CallAsync(key.Id, TestClock.Start.AddDays(-3), "192.0.2.44");

        await OpenAsync(key);

        Dialogs.Says("Delete Grant system?");
        Dialogs.Says($"ends in {key.Hint}");
        Dialogs.Says("5 Jan 2026, 17:00 SGT (now)");
        Dialogs.Says("2 Jan 2026, 17:00 SGT (3 days ago), from 192.0.2.44");
        Dialogs.Says("Not sure? Rotate it instead");
    }

    [Fact]
    public async Task A_key_that_was_never_used_is_said_to_be_safe_to_delete_and_warns_of_nothing()
    {
        await OpenAsync(await AddKeyAsync());

        Dialogs.Says("Never used. Safe to delete.");
        Assert.DoesNotContain("Any system still using this key", Dialogs.Markup, StringComparison.Ordinal);
        Assert.Empty(Dialogs.FindAll(".notice-warn, input"));
        Assert.False(Dialogs.Button("Delete key").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Calls_after_the_expiry_are_said_to_be_rejected()
    {
        var key = await AddKeyAsync();
        await Databases.CallAsync(key.Id, key.ExpiresAt.AddDays(-1), "10.1.2.1", "grants/1");
        await Databases.CallAsync(key.Id, key.ExpiresAt.AddDays(1), "10.1.2.2", "clinic/1");
        Keys.Clock.AdjustTime(key.ExpiresAt.AddDays(2));

        await OpenAsync((await Keys.FindAsync(Account, key.Id))!);

        Dialogs.Says("10.1.2.2 (clinic/1) last call 1 day ago, rejected");
        Assert.DoesNotContain("3 days ago, rejected", Dialogs.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_in_use_can_be_paused_instead_to_see_who_still_needs_it()
    {
        var key = await AddKeyAsync();
        await Databases.CallAsync(key.Id, TestClock.Start.AddDays(-3), "10.1.2.1", "grants/1");
        var dialog = await OpenAsync((await Keys.FindAsync(Account, key.Id))!);

        await Dialogs.Button("Pause to see who still needs it").ClickAsync(new());

        Assert.Equal("Grant system is paused. Calls with it are rejected until you resume it.", (await dialog.Result.InTimeAsync())?.Data);
        Assert.Equal(ApiKeyStatus.Paused, (await Keys.FindAsync(Account, key.Id))!.Status);
    }

    [Fact]
    public async Task A_key_that_nothing_uses_is_not_offered_a_pause()
    {
        await OpenAsync(await AddKeyAsync());

        Assert.DoesNotContain("Pause to see", Dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_key_that_is_still_called_with_names_who_and_asks_for_its_label()
    {
        var key = await AddKeyAsync();
        await Keys.Get<KeyPauses>().PauseAsync(Account.Id, key.Id, TestKeys.By(Account), CancellationToken.None);
        Keys.Clock.Advance(TimeSpan.FromDays(1));
        await Databases.AddCallerAsync(key.Id, "10.1.2.9", Keys.Clock.GetUtcNow(), refused: 1);

        await OpenAsync((await Keys.FindAsync(Account, key.Id))!);

        Dialogs.Says("This key is paused, so its calls are already rejected. Whoever is listed below still needs a key.");
        Dialogs.Says("last call now, rejected");
        Assert.True(Dialogs.Button("Delete key").HasAttribute("disabled"));
        Assert.DoesNotContain("Pause to see", Dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_deletes()
    {
        var dialog = await OpenAsync(await AddKeyAsync());

        await Dialogs.Button("Delete key").ClickAsync(new());

        Assert.Equal("Grant system was deleted. Calls with it are now rejected.", (await dialog.Result.InTimeAsync())?.Data);
        Assert.Empty(await Keys.ListAsync(Account));
    }

    [Fact]
    public async Task Cancel_deletes_nothing()
    {
        var dialog = await OpenAsync(await AddKeyAsync());

        await Dialogs.Button("Cancel").ClickAsync(new());

        Assert.True((await dialog.Result.InTimeAsync())?.Canceled);
        Assert.Single(await Keys.ListAsync(Account));
    }

    [Fact]
    public async Task A_key_that_is_gone_already_is_reported()
    {
        var key = await AddKeyAsync();
        var dialog = await OpenAsync(key);
        await Keys.DeleteAsync(Account, key.Id);

        await Dialogs.Button("Delete key").ClickAsync(new());

        Assert.Equal("Grant system was already deleted.", (await dialog.Result.InTimeAsync())?.Data);
    }

    [Fact]
    public async Task A_failure_keeps_the_dialog_open_and_says_that_the_key_still_works()
    {
        var dialog = await OpenAsync(await AddKeyAsync());
        await Databases.BreakKeysAsync();

        await Dialogs.Button("Delete key").ClickAsync(new());
        Dialogs.Says("We couldn’t check who uses this key.");
        await TypeLabelAndDeleteAsync();

        Dialogs.Says("The key could not be deleted, so it still works.");
        Assert.False(dialog.Result.IsCompleted);
        await Databases.MendKeysAsync();
        Assert.Single(await Keys.ListAsync(Account));
    }

    [Fact]
    public async Task A_key_in_use_names_its_callers_and_waits_for_its_label()
    {
        var key = await AddKeyAsync();
        await Databases.CallAsync(key.Id, TestClock.Start.AddHours(-2), "10.1.2.9", "grants/1.4");
        var dialog = await OpenAsync(key);
        Dialogs.Says("10.1.2.9 (grants/1.4)");
        Dialogs.Says("last call 2 hours ago");
        Assert.True(Dialogs.Button("Delete key").HasAttribute("disabled"));

        await Dialogs.Field("Type the label to confirm").InputAsync(new() { Value = "Grant" });
        Assert.True(Dialogs.Button("Delete key").HasAttribute("disabled"));
        await Dialogs.Field("Type the label to confirm").InputAsync(new() { Value = "  grant  SYSTEM " });
        await Dialogs.Button("Delete key").ClickAsync(new());

        Assert.Equal("Grant system was deleted. Calls with it are now rejected.", (await dialog.Result.InTimeAsync())?.Data);
    }

    [Fact]
    public async Task A_key_that_is_used_while_the_dialog_is_open_is_not_deleted_by_the_click_that_knew_nothing_of_it()
    {
        var key = await AddKeyAsync();
        var dialog = await OpenAsync(key);
        Assert.Empty(Dialogs.FindAll("input"));
        await Databases.CallAsync(key.Id, TestClock.Start, "10.1.2.9");

        await Dialogs.Button("Delete key").ClickAsync(new());

        Dialogs.Says("This key was used just now.");
        Dialogs.Says("10.1.2.9 (grants/1.4)");
        Assert.False(dialog.Result.IsCompleted);
        Assert.Single(await Keys.ListAsync(Account));
    }

    [Fact]
    public async Task Where_nobody_knows_who_uses_a_key_its_label_is_asked_for()
    {
        var key = await AddKeyAsync();
        await Databases.BreakKeysAsync();
        var dialog = await OpenAsync(key);
        Dialogs.Says("We couldn’t check who uses this key.");
        Assert.True(Dialogs.Button("Delete key").HasAttribute("disabled"));
        await Databases.MendKeysAsync();

        await TypeLabelAndDeleteAsync();

        Assert.NotNull((await dialog.Result.InTimeAsync())?.Data);
    }

    [Fact]
    public async Task A_key_whose_use_can_t_be_found_out_at_all_is_deleted_by_whoever_types_its_label()
    {
        var key = await AddKeyAsync();
        await using var db = Databases.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"DROP TABLE KeyCallers");
        var dialog = await OpenAsync(key);

        await TypeLabelAndDeleteAsync();

        Assert.Empty(await Keys.ListAsync(Account));
        Assert.Equal("Grant system was deleted. Calls with it are now rejected.", (await dialog.Result.InTimeAsync())?.Data);
    }

    private async Task TypeLabelAndDeleteAsync()
    {
        await Dialogs.Field("Type the label to confirm").InputAsync(new() { Value = "Grant system" });
        await Dialogs.Button("Delete key").ClickAsync(new());
    }

    private Task<IDialogReference> OpenAsync(ApiKeySummary key) => ShowAsync<DeleteKeyDialog>(new()
    {
        { dialog => dialog.AccountId, Account.Id },
        { dialog => dialog.ApiKey, key },
        { dialog => dialog.Actor, new Actor(Account.Email!, "192.0.2.7") },
    });
}
