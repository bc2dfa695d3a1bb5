using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Bulk;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Bulk;

public sealed class BulkChangesTests : AsyncLifetime, IDisposable
{
    private const string Leaver = "tan@agency.gov.sg";
    private const string Successor = "li@agency.gov.sg";

    private readonly TestKeys keys = new();
    private Account account = null!;

    public override async Task InitializeAsync() => account = await keys.AddAccountAsync();

    [Fact]
    public async Task One_who_left_makes_room_for_another_on_each_key_that_has_them_and_the_others_say_why_not()
    {
        var grants = await IssueAsync("Grants", "ops@agency.gov.sg", Leaver, "raj@agency.gov.sg");
        await IssueAsync("Payments", "ops@agency.gov.sg");
        await IssueAsync("Permits", "TAN@agency.gov.sg", Successor);

        var outcomes = await RunAsync(new BulkChange.ReplaceContact(Leaver, $" {Successor} "));

        Assert.Equal(
            [("Grants", null), ("Payments", "tan@agency.gov.sg isn’t one of its contacts."), ("Permits", null)],
            outcomes.Select(outcome => (outcome.Label, outcome.Problem)));
        Assert.Equal(["ops@agency.gov.sg", Successor, "raj@agency.gov.sg"], await ContactsAsync("Grants"));
        Assert.Equal(["ops@agency.gov.sg"], await ContactsAsync("Payments"));
        // Who takes the place is a contact once.
        Assert.Equal([Successor], await ContactsAsync("Permits"));

        await using var db = keys.Database.CreateDbContext();
        Assert.Equal(
            "Added li@agency.gov.sg. Removed tan@agency.gov.sg.",
            (await db.KeyEvents.SingleAsync(happened => happened.ApiKeyId == grants && happened.Kind == KeyEventKind.ContactsChanged)).Detail);
        Assert.Equal(
            ["You’re a contact for API key “Grants”"],
            await db.OutgoingMails.Where(mail => mail.Recipient == Successor && mail.ApiKeyId == grants && mail.Kind == MailKind.Notice)
                .Select(mail => mail.Subject).ToListAsync());
        var reminders = await db.Reminders.Where(reminder => reminder.ApiKeyId == grants).ToListAsync();
        Assert.All(reminders.Where(reminder => reminder.Contact == Leaver), reminder => Assert.Equal(ReminderState.Cancelled, reminder.State));
        Assert.Equal(5, reminders.Count(reminder => reminder.Contact == Successor && reminder.State == ReminderState.Planned));
    }

    [Fact]
    public async Task A_contact_is_added_where_there_is_room()
    {
        await IssueAsync("Full", [.. Enumerable.Range(1, 10).Select(number => $"team{number}@agency.gov.sg")]);
        await IssueAsync("Grants", "ops@agency.gov.sg");
        await IssueAsync("Has it", "LI@agency.gov.sg");

        var outcomes = await RunAsync(new BulkChange.AddContact(Successor));

        Assert.Equal(
            ["It already has 10 contacts, the maximum.", null, "li@agency.gov.sg is already one of its contacts."],
            outcomes.Select(outcome => outcome.Problem));
        Assert.Equal(["ops@agency.gov.sg", Successor], await ContactsAsync("Grants"));
    }

    [Fact]
    public async Task Only_expired_keys_are_deleted()
    {
        await keys.IssueAsync(account, "Old", ApiKeyLifetime.Days30);
        await keys.IssueAsync(account, "Live", ApiKeyLifetime.SixMonths);
        keys.Clock.Advance(TimeSpan.FromDays(40));
        var chosen = await ChosenAsync();

        var outcomes = await keys.Get<BulkChanges>().RunAsync(
            account.Id, chosen, new BulkChange.DeleteExpired(), TestKeys.By(account), CancellationToken.None);

        Assert.Equal([("Live", "It hasn’t expired."), ("Old", null)], outcomes.Select(outcome => (outcome.Label, outcome.Problem)));
        Assert.Equal(["Live"], (await keys.ListAsync(account)).Select(key => key.Label));
        Assert.Equal("It was already deleted.", (await keys.Get<BulkChanges>().RunAsync(
            account.Id, [chosen[1]], new BulkChange.DeleteExpired(), TestKeys.By(account), CancellationToken.None))[0].Problem);
    }

    [Fact]
    public async Task A_key_that_was_deleted_meanwhile_or_is_another_account_s_stops_none_of_the_others()
    {
        var gone = await IssueAsync("Gone", Leaver);
        await IssueAsync("Grants", Leaver);
        var stranger = await keys.AddAccountAsync("stranger@agency.gov.sg");
        var theirs = await keys.FindAsync(stranger, (await keys.IssueAsync(stranger, "Theirs", ApiKeyLifetime.SixMonths, Leaver)).Id);
        var chosen = await ChosenAsync();
        await keys.DeleteAsync(account, gone);

        var outcomes = await keys.Get<BulkChanges>().RunAsync(
            account.Id, [chosen[0], theirs!, chosen[1]], new BulkChange.ReplaceContact(Leaver, Successor), TestKeys.By(account), CancellationToken.None);

        Assert.Equal(
            [("Gone", "It was deleted in the meantime."), ("Theirs", "It was deleted in the meantime."), ("Grants", null)],
            outcomes.Select(outcome => (outcome.Label, outcome.Problem)));
        Assert.Equal([Leaver], (await keys.FindAsync(stranger, theirs!.Id))!.Contacts);
    }

    [Theory]
    [InlineData(null, "", "Enter the address of the contact to replace.", "Enter an email address.")]
    [InlineData(Leaver, "li", null, "“li” is not an email address. Enter one like name@agency.gov.sg.")]
    [InlineData(Leaver, Successor, null, null)]
    public void What_was_typed_is_checked_before_any_key_is_touched(string? old, string? added, string? oldProblem, string? newProblem) =>
        Assert.Equal(new BulkProblems(oldProblem, newProblem), BulkChanges.Check(new BulkChange.ReplaceContact(old, added)));

    public void Dispose() => keys.Dispose();

    private async Task<Guid> IssueAsync(string label, params string[] contacts) =>
        (await keys.IssueAsync(account, label, ApiKeyLifetime.SixMonths, contacts)).Id;

    private async Task<IReadOnlyList<ApiKeySummary>> ChosenAsync() => [.. (await keys.ListAsync(account)).OrderBy(key => key.Label, StringComparer.Ordinal)];

    private async Task<IReadOnlyList<BulkOutcome>> RunAsync(BulkChange change) =>
        await keys.Get<BulkChanges>().RunAsync(account.Id, await ChosenAsync(), change, TestKeys.By(account), CancellationToken.None);

    private async Task<IReadOnlyList<string>> ContactsAsync(string label) => (await keys.ListAsync(account)).Single(key => key.Label == label).Contacts;
}
