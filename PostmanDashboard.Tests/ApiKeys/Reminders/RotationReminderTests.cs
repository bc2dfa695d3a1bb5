using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>What contacts read about keys whose replacement exists already.</summary>
public sealed class RotationReminderTests : AsyncLifetime, IDisposable
{
    private const string Owner = "mei@agency.gov.sg";
    private const string Ann = "ann@agency.gov.sg";
    private const string Ben = "ben@agency.gov.sg";
    private const string Cho = "cho@agency.gov.sg";

    private readonly TestReminders reminders = new();
    private Account account = null!;
    private Guid old;

    public override async Task InitializeAsync()
    {
        account = await reminders.Keys.AddAccountAsync(Owner);
        old = await reminders.IssueQuietlyAsync(account, "Grants", ApiKeyLifetime.Days60, Ann, Ben);
    }

    [Fact]
    public async Task A_replacement_is_told_once_to_everyone_by_what_it_means_to_them()
    {
        await RotateAsync("Grants (2)", Ann, Cho);
        await reminders.SendAsync();

        const string Replaced = "API key “Grants” is being replaced by “Grants (2)”: switch before 6 Mar 2026";
        Assert.Equal(
            [(Ann, Replaced), (Ben, Replaced), (Cho, "You’re a contact for API key “Grants (2)”"), (Owner, Replaced)],
            reminders.Mail.Sent.Select(mail => (mail.To.Mailboxes.Single().Address, mail.Subject!)).Order());
        var text = Assert.Single(reminders.Mail.To(Ben)).TextBody;
        Assert.Contains($"https://postman.example/settings/keys/{old}/rotate", text, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKeyToken.Prefix, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_labels_of_full_length_leave_a_subject_that_fits()
    {
        var key = await reminders.IssueQuietlyAsync(account, new string('a', 100), ApiKeyLifetime.Days60, Ann);
        await RotateAsync(new string('b', 100), key, Ann);
        await reminders.SendAsync();

        Assert.Equal($"API key “{new string('a', 100)}” is being replaced: switch before 6 Mar 2026", Assert.Single(reminders.Mail.To(Ann)).Subject);
    }

    [Fact]
    public async Task A_reminder_of_a_key_that_is_being_replaced_says_by_which_and_that_it_was_not_used()
    {
        await RotateAsync("Grants (2)", Ann);

        var text = await ReminderAsync(ReminderStage.TwoWeeks);

        Assert.Contains("A replacement, “Grants (2)” (•••••", text, StringComparison.Ordinal);
        Assert.Contains("was created on 5 Jan 2026, 17:00 SGT. It hasn’t been used yet.", text, StringComparison.Ordinal);
        Assert.Contains($"/settings/keys/{old}/rotate", text, StringComparison.Ordinal);
        // Whoever follows it makes no second replacement.
        Assert.DoesNotContain("Generate a new API key", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReminderStage.OneDay)]
    [InlineData(ReminderStage.Expired)]
    public async Task It_says_since_when_the_replacement_is_used(ReminderStage stage)
    {
        var replacement = await RotateAsync("Grants (2)", Ann);
        await reminders.Database.CallAsync(replacement, TestClock.Start.AddDays(2));

        Assert.Contains("It has been used since 7 Jan 2026, 17:00 SGT.", await ReminderAsync(stage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abandoned_rotation_is_no_longer_told()
    {
        await RotateAsync("Grants (2)", Ann);
        var id = Assert.Single(await Report().ListAsync(account.Id, CancellationToken.None)).Id;
        await reminders.Keys.Get<KeyRotations>().AbandonAsync(account.Id, id, TestKeys.By(account), CancellationToken.None);

        var text = await ReminderAsync(ReminderStage.TwoWeeks);

        Assert.DoesNotContain("Grants (2)", text, StringComparison.Ordinal);
        Assert.Contains($"Rotate this key:\nhttps://postman.example/settings/keys/{old}/rotate", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Create its replacement", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deletion_of_a_replaced_key_names_the_key_that_took_its_place()
    {
        await RotateAsync("Grants (2)", Ann);
        await reminders.SendAsync();
        await reminders.Keys.DeleteAsync(account, old);
        await reminders.SendAsync();

        var told = Assert.Single(reminders.Mail.To(Ann), mail => mail.Subject == "API key “Grants” was deleted");
        Assert.Contains("It was replaced by “Grants (2)”", told.TextBody, StringComparison.Ordinal);
    }

    public void Dispose() => reminders.Dispose();

    private RotationReport Report() => reminders.Keys.Get<RotationReport>();

    private Task<Guid> RotateAsync(string label, params string[] contacts) => RotateAsync(label, old, contacts);

    private async Task<Guid> RotateAsync(string label, Guid key, params string[] contacts)
    {
        var request = new NewApiKey(label, contacts, ApiKeyLifetime.SixMonths);
        var started = await reminders.Keys.Get<KeyRotations>().StartAsync(account.Id, key, request, TestKeys.By(account), CancellationToken.None);
        return Assert.IsType<StartRotationResult.Started>(started).Replacement.Id;
    }

    /// <returns>What the reminder of a stage says to Ann.</returns>
    private async Task<string> ReminderAsync(ReminderStage stage)
    {
        await reminders.GoToAsync(old, stage);
        await reminders.RunJobsAsync();
        return Assert.Single(reminders.Mail.To(Ann), mail => mail.Stage() is not null).TextBody!;
    }
}
