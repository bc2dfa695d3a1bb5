using Microsoft.EntityFrameworkCore;
using MimeKit;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders.Mails;

/// <summary>A warning that could not be sent before a tighter one was due is not sent any more: nobody reads “in 14 days” after “in 3 days”.</summary>
public sealed class SupersededMailTests : AsyncLifetime, IDisposable
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
        key = await reminders.IssueQuietlyAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann, Ben);
    }

    public void Dispose() => reminders.Dispose();

    [Fact]
    public async Task Of_the_warnings_that_waited_out_an_outage_only_the_most_urgent_is_sent()
    {
        reminders.Mail.Refusal = Later;
        await reminders.GoToAsync(key, ReminderStage.ThreeDays);
        await reminders.RunJobsAsync();
        await reminders.GoToAsync(key, ReminderStage.OneDay);
        await reminders.RunJobsAsync();

        reminders.Mail.Refusal = null;
        reminders.Clock.Advance(TimeSpan.FromHours(5));
        await reminders.RunJobsAsync();

        Assert.Equal(["in 19 hours"], reminders.Mail.RemindersTo(Ann));
        Assert.Equal(["in 19 hours"], reminders.Mail.RemindersTo(Ben));
        Assert.Equal(
            [TimelineState.Superseded, TimelineState.Superseded, TimelineState.Superseded, TimelineState.Sent, TimelineState.Planned],
            await StatesAsync(Ann));
        Assert.Equal(CancelReason.Superseded, (await MailAsync(ReminderStage.ThreeDays, Ann)).CancelReason);
    }

    [Fact]
    public async Task An_expiry_notice_supersedes_a_warning_that_still_waits()
    {
        reminders.Mail.Refuse(Ann, Later);
        await reminders.GoToAsync(key, ReminderStage.OneDay);
        await reminders.RunJobsAsync();
        reminders.Mail.Refuse(Ann, null);

        await reminders.GoToAsync(key, ReminderStage.Expired);
        await reminders.RunJobsAsync();

        Assert.Equal(["has expired"], reminders.Mail.RemindersTo(Ann));
        Assert.Equal(["in 1 day", "has expired"], reminders.Mail.RemindersTo(Ben));
    }

    [Fact]
    public async Task Neither_another_contact_nor_another_key_nor_another_kind_of_mail_is_touched()
    {
        var other = await reminders.IssueQuietlyAsync(account, "Payroll", ApiKeyLifetime.SixMonths, Ann);
        await reminders.GoToAsync(key, ReminderStage.ThreeDays);
        await reminders.SweepAsync();
        await reminders.ContactTestMail.SendAsync(account.Id, key, TestKeys.By(account), CancellationToken.None);
        await reminders.GoToAsync(key, ReminderStage.OneDay);
        await CancelAsync(ReminderStage.OneDay, Ben, key);
        await CancelAsync(ReminderStage.OneDay, Ann, other);

        await reminders.SweepAsync();

        Assert.Equal(MailState.Cancelled, (await MailAsync(ReminderStage.ThreeDays, Ann)).State);
        Assert.Equal(MailState.Waiting, (await MailAsync(ReminderStage.ThreeDays, Ben)).State);
        Assert.Equal(MailState.Waiting, (await MailAsync(ReminderStage.ThreeDays, Ann, other)).State);
        Assert.All((await reminders.MailsAsync()).Where(mail => mail.Kind == MailKind.Test), mail => Assert.Equal(MailState.Waiting, mail.State));
    }

    [Fact]
    public async Task A_warning_that_the_server_takes_at_that_moment_is_sent_and_said_to_be()
    {
        await SweepForAnnAloneAsync();

        await SendWhileSweepingAsync(answer: null);

        Assert.Equal((MailState.Sent, null), (await StateAsync(ReminderStage.ThreeDays, Ann), (await MailAsync(ReminderStage.ThreeDays, Ann)).Reason));
        Assert.Equal(["in 3 days", "in 1 day"], reminders.Mail.RemindersTo(Ann));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_warning_that_the_server_refuses_at_that_moment_stays_superseded(bool isFinal)
    {
        await SweepForAnnAloneAsync();

        await SendWhileSweepingAsync(new MailDelivery.Refused("no", isFinal));
        reminders.Clock.Advance(TimeSpan.FromHours(5));
        await reminders.SendAsync();

        Assert.Equal(MailState.Cancelled, await StateAsync(ReminderStage.ThreeDays, Ann));
        Assert.Equal(["in 1 day"], reminders.Mail.RemindersTo(Ann));
    }

    [Fact]
    public async Task A_warning_that_failed_is_not_sent_again_once_a_more_urgent_one_was_written()
    {
        reminders.Mail.Refusal = Never;
        await reminders.GoToAsync(key, ReminderStage.ThreeDays);
        await reminders.RunJobsAsync();
        Assert.NotNull((await EntryAsync(ReminderStage.ThreeDays, Ann)).RetryMailId);

        await reminders.GoToAsync(key, ReminderStage.OneDay);
        await reminders.RunJobsAsync();

        Assert.Null((await EntryAsync(ReminderStage.ThreeDays, Ann)).RetryMailId);
        Assert.NotNull((await EntryAsync(ReminderStage.OneDay, Ann)).RetryMailId);
        reminders.Mail.Refusal = null;
        await reminders.Report.RetryAllAsync(FailedMailFilter.All, DateTimeOffset.MaxValue, CancellationToken.None);
        await reminders.SendAsync();
        Assert.Equal(["in 1 day"], reminders.Mail.RemindersTo(Ann));
    }

    [Fact]
    public async Task The_account_is_not_told_of_unreachable_contacts_while_a_more_urgent_warning_still_may_reach_one()
    {
        reminders.Mail.Refuse(Ben, Later);
        await reminders.GoToAsync(key, ReminderStage.ThreeDays);
        await reminders.RunJobsAsync();
        await reminders.GoToAsync(key, ReminderStage.OneDay);
        await reminders.SweepAsync();

        await using (var db = reminders.Database.CreateDbContext())
        {
            await reminders.Unreachable.FailedAsync(
                db, await MailAsync(ReminderStage.ThreeDays, Ann), new MailFailure("550", "550 No such mailbox"), CancellationToken.None);
            await db.SaveChangesAsync();
        }

        Assert.DoesNotContain(await reminders.MailsAsync(), mail => mail.Kind == MailKind.UnreachableContacts);
    }

    /// <summary>One warning waits: which of two the server had in its hands would be chance.</summary>
    private async Task SweepForAnnAloneAsync()
    {
        await reminders.Keys.ChangeAsync(account, key, "Grant system", Ann);
        await reminders.GoToAsync(key, ReminderStage.ThreeDays);
        await reminders.SweepAsync();
    }

    /// <summary>The tighter stage becomes due, and is swept, while the server has the wider warning in its hands.</summary>
    private async Task SendWhileSweepingAsync(MailDelivery.Refused? answer)
    {
        reminders.Options.Smtp.Connections = 1;
        // Longer than the clock is moved: nobody else may take the mail meanwhile.
        reminders.Options.LeaseFor = TimeSpan.FromDays(3);
        using var dispatcher = reminders.CreateDispatch(new MeanwhileTransport(
            async () =>
            {
                await reminders.GoToAsync(key, ReminderStage.OneDay);
                await reminders.SweepAsync();
            },
            reminders.Mail,
            answer));
        await dispatcher.RunIdleSendersAsync(CancellationToken.None);
    }

    private async Task CancelAsync(ReminderStage stage, string contact, Guid ofKey)
    {
        await using var db = reminders.Database.CreateDbContext();
        (await db.Reminders.SingleAsync(row => row.ApiKeyId == ofKey && row.Stage == stage && row.Contact == contact)).Cancel(CancelReason.ContactRemoved);
        await db.SaveChangesAsync();
    }

    private async Task<OutgoingMail> MailAsync(ReminderStage stage, string contact, Guid? ofKey = null)
    {
        var reminder = (await reminders.RemindersAsync(ofKey ?? key)).Single(row => row.Stage == stage && row.Contact == contact);
        return (await reminders.MailsAsync()).Single(mail => mail.Id == reminder.MailId);
    }

    private async Task<MailState> StateAsync(ReminderStage stage, string contact) => (await MailAsync(stage, contact)).State;

    private async Task<KeyTimeline> TimelineAsync() => (await reminders.Timelines.FindAsync(account.Id, key, CancellationToken.None))!;

    private async Task<TimelineEntry> EntryAsync(ReminderStage stage, string contact) =>
        (await TimelineAsync()).Stages.Single(row => row.Stage == stage).Entries.Single(entry => entry.Contact == contact);

    private async Task<IReadOnlyList<TimelineState>> StatesAsync(string contact) =>
        [.. (await TimelineAsync()).Stages.Select(stage => stage.Entries.Single(entry => entry.Contact == contact).State)];

    /// <summary>Does something else while it has its first mail in its hands; the answers after that are the recording one's.</summary>
    private sealed class MeanwhileTransport(Func<Task> meanwhile, RecordingTransport then, MailDelivery.Refused? answer) : IMailTransport
    {
        private bool isFirst = true;

        public async Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken)
        {
            if (!isFirst)
            {
                return await then.SendAsync(message, recipient, cancellationToken);
            }

            isFirst = false;
            await meanwhile();
            return answer ?? await then.SendAsync(message, recipient, cancellationToken);
        }
    }
}
