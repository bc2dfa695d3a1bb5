using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders.Mails;

/// <summary>A reminder that leaves later than it was meant to tells what is so when it leaves, or doesn't leave.</summary>
public sealed class LateReminderTests : AsyncLifetime, IDisposable
{
    private const string Ann = "ann@agency.gov.sg";
    private const string Ben = "ben@agency.gov.sg";

    private static readonly MailDelivery.Refused Later = new("451 Come back later", IsFinal: false);
    private static readonly MailDelivery.Refused Never = new("550 No such mailbox", IsFinal: true);

    private readonly TestReminders reminders = new();
    private Account account = null!;
    private Guid key;

    public override async Task InitializeAsync()
    {
        account = await reminders.Keys.AddAccountAsync();
        key = await reminders.IssueQuietlyAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann);
    }

    public void Dispose() => reminders.Dispose();

    [Fact]
    public async Task A_reminder_that_was_deferred_says_what_is_left_when_it_leaves()
    {
        await RunAtTwoWeeksAsync(Later);
        var written = await MailAsync();
        reminders.Mail.Refusal = null;

        reminders.Clock.Advance(TimeSpan.FromDays(2));
        await reminders.SendAsync();

        var sent = Assert.Single(reminders.Mail.Sent);
        Assert.Equal("API key “Grant system” expires in 14 days", written.Subject);
        Assert.Equal("API key “Grant system” expires in 12 days", sent.Subject);
        Assert.Contains("expires in 12 days.", sent.TextBody, StringComparison.Ordinal);
        Assert.Contains("expires in 12 days.", sent.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("14 days", sent.TextBody, StringComparison.Ordinal);
        Assert.Equal(written.InternetMessageId, sent.MessageId);
    }

    [Fact]
    public async Task What_is_kept_of_it_is_what_was_sent()
    {
        await RunAtTwoWeeksAsync(Never);
        await RetryAsync(TimeSpan.FromDays(9));

        var mail = await MailAsync();
        Assert.Equal((MailState.Sent, "API key “Grant system” expires in 5 days"), (mail.State, mail.Subject));
        Assert.Equal(mail.Text, reminders.Mail.Sent[0].TextBody?.ReplaceLineEndings("\n"));
        Assert.Contains("expires in 5 days.", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReminderStage.OneDay, ReminderStage.Expired, "API key “Grant system” has expired")]
    [InlineData(ReminderStage.TwoWeeks, ReminderStage.ThreeDays, "API key “Grant system” expires in 3 days")]
    public async Task One_that_waits_until_the_next_is_due_gives_way_to_it_and_the_contact_hears_once(ReminderStage stage, ReminderStage next, string subject)
    {
        reminders.Mail.Refusal = Later;
        await reminders.GoToAsync(key, stage);
        await reminders.RunJobsAsync();
        var written = await MailAsync(stage);
        reminders.Mail.Refusal = null;

        // The mail server takes mail again before the next sweep.
        await reminders.GoToAsync(key, next);
        await reminders.SendAsync();
        await reminders.RunJobsAsync();

        Assert.Equal(subject, Assert.Single(reminders.Mail.Sent).Subject);
        var waited = await MailAsync(stage);
        Assert.Equal((MailState.Cancelled, CancelReason.Superseded, written.Subject), (waited.State, waited.CancelReason, waited.Subject));
    }

    [Fact]
    public async Task One_that_failed_cant_be_tried_again_after_the_expiry_which_is_told_by_itself()
    {
        await RunAtTwoWeeksAsync(Never);
        var failed = await MailAsync();
        reminders.Mail.Refusal = null;
        await reminders.GoToAsync(key, ReminderStage.Expired);

        Assert.False(await reminders.Timelines.RetryAsync(account.Id, failed.Id, CancellationToken.None));
        Assert.Equal(0, await reminders.Report.CountRetryableAsync(new FailedMailFilter(Kind: MailKind.Reminder), CancellationToken.None));
        Assert.Equal(0, await reminders.Report.RetryAllAsync(
            new FailedMailFilter(MailId: failed.Id), DateTimeOffset.MaxValue, CancellationToken.None));
        await reminders.RunJobsAsync();

        Assert.Equal("API key “Grant system” has expired", Assert.Single(reminders.Mail.Sent).Subject);
    }

    [Theory]
    [InlineData(CancelReason.KeyDeleted)]
    [InlineData(CancelReason.ContactRemoved)]
    [InlineData(CancelReason.AccountDisabled)]
    public async Task One_that_was_requeued_is_cancelled_when_it_is_no_longer_due(CancelReason reason)
    {
        await RunAtTwoWeeksAsync(Never);
        await EndAsync(reason);

        await PutInLineAsync();
        await reminders.SendAsync();

        var mail = await MailAsync();
        Assert.DoesNotContain(reminders.Mail.Sent, sent => sent.MessageId == mail.InternetMessageId);
        Assert.Equal((MailState.Cancelled, reason, reminders.Clock.GetUtcNow()), (mail.State, mail.CancelReason, mail.SettledAt));
    }

    [Fact]
    public async Task The_account_hears_of_unreachable_contacts_by_the_date_and_not_at_all_once_the_key_is_deleted()
    {
        await RunAtTwoWeeksAsync(Never);
        var told = (await reminders.MailsAsync()).Single(mail => mail.Kind == MailKind.UnreachableContacts);
        Assert.Contains($"expires on {reminders.Keys.Time.Format(await reminders.ExpiryOfAsync(key))}.", told.Text, StringComparison.Ordinal);
        Assert.Equal(MailState.Failed, told.State);
        await using (var db = reminders.Database.CreateDbContext())
        {
            await reminders.Retry.RetryAsync(db, db.OutgoingMails.Where(mail => mail.Id == told.Id), CancellationToken.None);
        }

        await reminders.Keys.DeleteAsync(account, key);

        told = (await reminders.MailsAsync()).Single(mail => mail.Id == told.Id);
        Assert.Equal((MailState.Cancelled, CancelReason.KeyDeleted), (told.State, told.CancelReason));
    }

    private async Task RunAtTwoWeeksAsync(MailDelivery.Refused refusal)
    {
        reminders.Mail.Refusal = refusal;
        await reminders.GoToAsync(key, ReminderStage.TwoWeeks);
        await reminders.RunJobsAsync();
    }

    private async Task RetryAsync(TimeSpan after)
    {
        reminders.Mail.Refusal = null;
        reminders.Clock.Advance(after);
        Assert.True(await reminders.Timelines.RetryAsync(account.Id, (await MailAsync()).Id, CancellationToken.None));
        await reminders.SendAsync();
    }

    /// <summary>As by a hand that was quicker than the change that came meanwhile.</summary>
    private async Task PutInLineAsync()
    {
        reminders.Mail.Refusal = null;
        var id = (await MailAsync()).Id;
        await using var db = reminders.Database.CreateDbContext();
        Assert.Equal(1, await reminders.Retry.RetryAsync(db, db.OutgoingMails.Where(mail => mail.Id == id), CancellationToken.None));
    }

    private async Task EndAsync(CancelReason reason)
    {
        if (reason == CancelReason.KeyDeleted)
        {
            await reminders.Keys.DeleteAsync(account, key);
        }
        else if (reason == CancelReason.ContactRemoved)
        {
            await reminders.Keys.ChangeAsync(account, key, "Grant system", Ben);
        }
        else
        {
            await using var db = reminders.Database.CreateDbContext();
            await db.Users.Where(row => row.Id == account.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, reminders.Clock.GetUtcNow()));
        }
    }

    private async Task<OutgoingMail> MailAsync(ReminderStage stage = ReminderStage.TwoWeeks)
    {
        var reminder = (await reminders.RemindersAsync(key)).Single(row => row.Stage == stage && row.Contact == Ann);
        return (await reminders.MailsAsync()).Single(mail => mail.Id == reminder.MailId);
    }
}
