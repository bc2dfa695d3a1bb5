using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders.Timeline;

public sealed class UnreachableContactsTests : AsyncLifetime, IDisposable
{
    private const string Owner = "mei@agency.gov.sg";
    private const string Ann = "ann@agency.gov.sg";
    private const string Ben = "ben@agency.gov.sg";

    private static readonly MailDelivery.Refused NoSuchMailbox = new("550 No such mailbox", IsFinal: true);

    private readonly TestReminders reminders = new();
    private Account account = null!;
    private Guid key;

    public override async Task InitializeAsync()
    {
        account = await reminders.Keys.AddAccountAsync(Owner);
        key = await reminders.IssueQuietlyAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann, Ben);
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
    }

    [Fact]
    public async Task One_that_failed_is_found_and_the_account_hears_nothing_while_another_is_reached()
    {
        reminders.Mail.Refuse(Ben, NoSuchMailbox);

        await reminders.RunJobsAsync();

        Assert.Equal([Ben], (await FindAsync())[key]);
        Assert.Empty(reminders.Mail.To(Owner));
    }

    [Fact]
    public async Task When_all_have_failed_the_account_is_told_once_which_and_why()
    {
        reminders.Mail.Refuse(Ann, NoSuchMailbox);
        reminders.Mail.Refuse(Ben, NoSuchMailbox with { Reason = "552 Mailbox full" });
        await reminders.RunJobsAsync();

        await reminders.Report.RetryAllAsync(FailedMailFilter.All, DateTimeOffset.MaxValue, CancellationToken.None);
        await reminders.RunJobsAsync();

        var mail = Assert.Single(reminders.Mail.To(Owner));
        Assert.Equal("No contact of API key “Grant system” could be reached", mail.Subject);
        Assert.Contains($"{Ann}: 550 No such mailbox", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"{Ben}: 552 Mailbox full", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal([Ann, Ben], (await FindAsync())[key]);
    }

    [Fact]
    public async Task The_account_is_told_again_at_the_next_stage()
    {
        reminders.Mail.Refuse(Ann, NoSuchMailbox);
        reminders.Mail.Refuse(Ben, NoSuchMailbox);
        await reminders.RunJobsAsync();
        await reminders.GoToAsync(key, ReminderStage.TwoWeeks);
        await reminders.RunJobsAsync();

        Assert.Equal(2, reminders.Mail.To(Owner).Count);
    }

    [Fact]
    public async Task While_one_is_only_deferred_the_account_hears_nothing()
    {
        reminders.Mail.Refuse(Ann, NoSuchMailbox);
        reminders.Mail.Refuse(Ben, new MailDelivery.Refused("451 Later", IsFinal: false));

        await reminders.RunJobsAsync();

        Assert.Empty(reminders.Mail.To(Owner));
        Assert.Equal([Ann], (await FindAsync())[key]);
    }

    [Fact]
    public async Task One_that_was_reached_since_is_reachable_again()
    {
        reminders.Mail.Refuse(Ben, NoSuchMailbox);
        await reminders.RunJobsAsync();
        reminders.Mail.Refuse(Ben, null);
        await reminders.GoToAsync(key, ReminderStage.TwoWeeks);
        await reminders.RunJobsAsync();

        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task One_that_was_taken_off_a_deleted_key_and_another_account_are_not_shown()
    {
        reminders.Mail.Refuse(Ben, NoSuchMailbox);
        await reminders.RunJobsAsync();
        var stranger = await reminders.Keys.AddAccountAsync("tan@agency.gov.sg");
        Assert.Empty(await reminders.Unreachable.FindAsync(stranger.Id, CancellationToken.None));

        await reminders.Keys.ChangeAsync(account, key, "Grant system", Ann);
        Assert.Empty(await FindAsync());

        await reminders.Keys.ChangeAsync(account, key, "Grant system", Ann, Ben);
        await reminders.SendAsync();
        Assert.Single(await FindAsync());
        await reminders.Keys.DeleteAsync(account, key);
        Assert.Empty(await FindAsync());
    }

    public void Dispose() => reminders.Dispose();

    private Task<IReadOnlyDictionary<Guid, IReadOnlyList<string>>> FindAsync() => reminders.Unreachable.FindAsync(account.Id, CancellationToken.None);
}
