using Bunit;
using MudBlazor;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Panel;

public sealed class GenerateKeyDialogTests : PanelTestContext
{
    [Fact]
    public async Task The_accounts_own_address_and_six_months_are_offered()
    {
        var dialog = await OpenAsync();

        await GenerateAsync("Grant system");

        var issued = Assert.IsType<IssueApiKeyResult.Issued>((await dialog.Result.InTimeAsync())?.Data);
        var key = await Keys.FindAsync(Account, issued.Id);
        Assert.Equal(["mei@agency.gov.sg"], key!.Contacts);
        Assert.Equal(new DateTimeOffset(2026, 7, 5, 9, 0, 0, TimeSpan.Zero), key.ExpiresAt);
    }

    [Fact]
    public async Task The_dialog_says_when_the_chosen_time_will_be_up()
    {
        await OpenAsync();
        Dialogs.Says("Expires 5 Jul 2026, 17:00 SGT.");

        await Dialogs.FindAll("input[type=radio]")[0].ClickAsync(new());

        Dialogs.Says("Expires 4 Feb 2026, 17:00 SGT.");
    }

    [Fact]
    public async Task A_key_can_end_on_a_date_and_the_dialog_says_at_what_time_and_who_is_reminded_when()
    {
        var dialog = await OpenAsync();
        Assert.Empty(Dialogs.FindAll("input[type=date]"));
        await Dialogs.FindAll("input[type=radio]")[4].ClickAsync(new());
        Dialogs.Says("Choose a date from 6 Jan 2026 to 5 Jul 2026.");

        await Dialogs.Field("Expiry date").ChangeAsync(new() { Value = "2026-01-12" });
        Dialogs.Says("Expires 12 Jan 2026, 23:59 SGT. Contacts are reminded 3 days and 1 day before.");
        await GenerateAsync("Grant system");

        var issued = Assert.IsType<IssueApiKeyResult.Issued>((await dialog.Result.InTimeAsync())?.Data);
        Assert.Equal(new DateTimeOffset(2026, 1, 12, 15, 59, 0, TimeSpan.Zero), (await Keys.FindAsync(Account, issued.Id))!.ExpiresAt);
    }

    [Fact]
    public async Task A_date_that_can_t_be_is_told_at_its_field_and_a_choice_of_time_takes_it_back()
    {
        await OpenAsync();
        await Dialogs.FindAll("input[type=radio]")[4].ClickAsync(new());
        await Dialogs.Field("Expiry date").ChangeAsync(new() { Value = "2026-07-06" });

        await GenerateAsync("Grant system");

        Dialogs.Says("Choose 5 Jul 2026 or earlier: a key works for six months at most.");
        Assert.Equal("true", Dialogs.Field("Expiry date").GetAttribute("aria-invalid"));
        await Dialogs.FindAll("input[type=radio]")[0].ClickAsync(new());
        Assert.Empty(Dialogs.FindAll("[aria-invalid=true]"));
    }

    [Fact]
    public async Task A_label_that_is_missing_is_told_at_its_field()
    {
        await OpenAsync();

        await GenerateAsync("  ");

        Dialogs.Says("Give the key a label");
        Assert.Empty(await Keys.ListAsync(Account));
    }

    [Fact]
    public async Task A_label_that_is_taken_is_told_and_stays_typed()
    {
        await AddKeyAsync("Grant system");
        await OpenAsync();

        await GenerateAsync("grant SYSTEM");

        Dialogs.Says("You already have a key with this label.");
        Assert.Equal("grant SYSTEM", Dialogs.Field("Label").GetAttribute("value"));
        Assert.Single(await Keys.ListAsync(Account));
    }

    [Fact]
    public async Task Without_a_contact_nothing_is_made()
    {
        await OpenAsync();
        await Dialogs.Button("Remove mei@agency.gov.sg").ClickAsync(new());

        await GenerateAsync("Grant system");

        Dialogs.Says("Add at least one contact");
        Assert.Equal("Grant system", Dialogs.Field("Label").GetAttribute("value"));
    }

    [Fact]
    public async Task An_account_with_as_many_keys_as_it_may_have_is_told_how_many_that_are()
    {
        for (var number = 1; number <= 50; number++)
        {
            await AddKeyAsync($"System {number}");
        }

        await OpenAsync();

        await GenerateAsync("One more");

        Dialogs.Says("You have 50 live keys, the most an account can have.");
    }

    [Fact]
    public async Task A_disabled_account_is_told_so()
    {
        await Keys.SetDisabledAsync(Account, TestClock.Start);
        await OpenAsync();

        await GenerateAsync("Grant system");

        Dialogs.Says("Your account is disabled, so no key was generated.");
    }

    [Fact]
    public async Task A_failure_says_that_nothing_was_made_and_the_next_try_works()
    {
        var dialog = await OpenAsync();
        await Databases.BreakKeysAsync();
        await GenerateAsync("Grant system");
        Dialogs.Says("The key couldn’t be generated. Please try again.");

        await Databases.MendKeysAsync();
        await Dialogs.Button("Generate key").ClickAsync(new());

        Assert.IsType<IssueApiKeyResult.Issued>((await dialog.Result.InTimeAsync())?.Data);
        Assert.Single(await Keys.ListAsync(Account));
    }

    [Fact]
    public async Task Clicking_twice_makes_one_key_and_no_complaint()
    {
        var dialog = await OpenAsync();
        await Dialogs.Field("Label").InputAsync(new() { Value = "Grant system" });

        Held.Hold();
        var first = Dialogs.Button("Generate key").ClickAsync(new());
        var second = Dialogs.Button("Generate key").ClickAsync(new());
        await Dialogs.InvokeAsync(Held.LetGo);
        await Task.WhenAll(first, second);

        Assert.IsType<IssueApiKeyResult.Issued>((await dialog.Result.InTimeAsync())?.Data);
        Assert.Single(await Keys.ListAsync(Account));
    }

    [Fact]
    public async Task Cancel_makes_nothing()
    {
        var dialog = await OpenAsync();
        await Dialogs.Field("Label").InputAsync(new() { Value = "Grant system" });

        await Dialogs.Button("Cancel").ClickAsync(new());

        Assert.True((await dialog.Result.InTimeAsync())?.Canceled);
        Assert.Empty(await Keys.ListAsync(Account));
    }

    [Theory]
    [InlineData(false, KeyAccess.Full)]
    [InlineData(true, KeyAccess.OwnMessages)]
    public async Task An_accounts_first_key_reads_everything_and_further_ones_their_own_messages(bool hasOtherKeys, KeyAccess expected)
    {
        if (hasOtherKeys)
        {
            await AddKeyAsync("Payments");
        }

        var dialog = await OpenAsync();

        await GenerateAsync("Grant system");

        var issued = Assert.IsType<IssueApiKeyResult.Issued>((await dialog.Result)?.Data);
        Assert.Equal(expected, (await Keys.FindAsync(Account, issued.Id))!.Access);
    }

    [Fact]
    public async Task Networks_can_be_chosen_and_what_is_none_is_said()
    {
        var dialog = await OpenAsync();
        await Dialogs.Find("details textarea").InputAsync(new() { Value = "203.0.113.9/24" });
        await GenerateAsync("Grant system");
        Dialogs.Says("Enter 203.0.113.0/24 for all of it");
        Assert.True(Dialogs.Find("details").HasAttribute("open"));

        await Dialogs.Find("details textarea").InputAsync(new() { Value = "203.0.113.0/24" });
        Assert.True(Dialogs.Find("details").HasAttribute("open"));
        await GenerateAsync("Grant system");

        var issued = Assert.IsType<IssueApiKeyResult.Issued>((await dialog.Result)?.Data);
        Assert.Equal(["203.0.113.0/24"], (await Keys.FindAsync(Account, issued.Id))!.Networks.Ranges);
    }

    [Fact]
    public async Task Another_access_can_be_chosen()
    {
        var dialog = await OpenAsync();
        await Dialogs.FindAll("input[type=radio]")[^1].ClickAsync(new());

        await GenerateAsync("Grant system");

        var issued = Assert.IsType<IssueApiKeyResult.Issued>((await dialog.Result)?.Data);
        Assert.Equal(KeyAccess.SendOnly, (await Keys.FindAsync(Account, issued.Id))!.Access);
    }

    private Task<IDialogReference> OpenAsync() => ShowAsync<GenerateKeyDialog>(new()
    {
        { dialog => dialog.AccountId, Account.Id },
        { dialog => dialog.AccountEmail, Account.Email! },
        { dialog => dialog.Actor, TestKeys.By(Account) },
    });

    private async Task GenerateAsync(string label)
    {
        await Dialogs.Field("Label").InputAsync(new() { Value = label });
        await Dialogs.Button("Generate key").ClickAsync(new());
    }
}
