using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Dispatch;

/// <summary>Contacts from before addresses that lead elsewhere were refused: they get nothing, and nobody waits for them.</summary>
public sealed class RoutedRecipientTests : AsyncLifetime, IDisposable
{
    private const string Owner = "mei@agency.gov.sg";
    private const string Ann = "ann@agency.gov.sg";
    private const string Route = "attacker%evil.example@agency.gov.sg";

    private readonly TestReminders reminders = new();
    private Account account = null!;

    public override async Task InitializeAsync()
    {
        account = await reminders.Keys.AddAccountAsync(Owner);
        var key = await reminders.IssueQuietlyAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann, "attacker@agency.gov.sg");
        await using var db = reminders.Keys.Database.CreateDbContext();
        await db.Database.ExecuteSqlAsync(
            $"UPDATE ApiKeyContacts SET Address = {Route}, NormalizedAddress = {Route.ToUpperInvariant()} WHERE Address <> {Ann}");
        await db.Database.ExecuteSqlAsync(
            $"UPDATE Reminders SET Contact = {Route}, NormalizedContact = {Route.ToUpperInvariant()} WHERE Contact <> {Ann}");
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
    }

    [Fact]
    public async Task They_get_no_reminder_and_the_owner_can_see_why_while_the_others_are_told()
    {
        await reminders.RunJobsAsync();

        Assert.Single(reminders.Mail.To(Ann));
        Assert.Empty(reminders.Mail.To(Route));
        await using var db = reminders.Keys.Database.CreateDbContext();
        var mail = await db.OutgoingMails.SingleAsync(mail => mail.Recipient == Route);
        Assert.Equal(MailState.Failed, mail.State);
        Assert.StartsWith("The address may be one that mail servers send on elsewhere", mail.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => reminders.Dispose();
}
