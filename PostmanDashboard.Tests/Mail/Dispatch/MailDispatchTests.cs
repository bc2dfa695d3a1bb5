using MimeKit;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Dispatch;

/// <summary>The rules of the outbox, with a transport that does as it is told.</summary>
public sealed class MailDispatchTests : AsyncLifetime, IDisposable
{
    private const string Ann = "ann@agency.gov.sg";

    private static readonly MailDelivery.Refused Later = new("451 Come back later", IsFinal: false);
    private static readonly MailDelivery.Refused Never = new("550 No such mailbox", IsFinal: true);

    private readonly TestReminders reminders = new();
    private Account account = null!;
    private Guid key;

    public override async Task InitializeAsync()
    {
        account = await reminders.Keys.AddAccountAsync();
        key = await reminders.IssueQuietlyAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann);
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await reminders.SweepAsync();
    }

    [Fact]
    public async Task A_temporary_refusal_is_tried_again_for_three_days_and_then_given_up()
    {
        reminders.Mail.Refusal = Later;
        var began = reminders.Clock.GetUtcNow();
        while (await MailAsync() is { State: MailState.Waiting } mail)
        {
            // Not before it is due, and once when it is.
            if (mail.DueAt > reminders.Clock.GetUtcNow())
            {
                reminders.Clock.SetUtcNow(mail.DueAt.AddTicks(-1));
                await reminders.SendAsync();
                Assert.Equal(mail.Tries, (await MailAsync()).Tries);
                reminders.Clock.Advance(TimeSpan.FromTicks(1));
            }

            await reminders.SendAsync();
            Assert.Equal(mail.Tries + 1, (await MailAsync()).Tries);
        }

        var failed = await MailAsync();
        Assert.Equal("Given up after three days. 451 Come back later", failed.Reason);
        Assert.InRange(failed.SettledAt!.Value - began, TimeSpan.FromDays(3), TimeSpan.FromDays(3) + TimeSpan.FromHours(4));
        // 1, 2, 5, 10, 20, 40, 60 and 120 minutes after one another, then every 4 hours.
        Assert.InRange(failed.Tries, 20, 30);
    }

    [Fact]
    public async Task It_is_not_tried_before_its_pause_is_over()
    {
        reminders.Mail.Refusal = Later;
        await reminders.SendAsync();
        reminders.Mail.Refusal = null;

        reminders.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        await reminders.SendAsync();
        Assert.Empty(reminders.Mail.Sent);

        reminders.Clock.Advance(TimeSpan.FromTicks(1));
        await reminders.SendAsync();
        Assert.Equal((await MailAsync()).InternetMessageId, Assert.Single(reminders.Mail.Sent).MessageId);
    }

    [Fact]
    public async Task A_permanent_refusal_is_final_at_once()
    {
        reminders.Mail.Refuse(Ann, Never);

        await reminders.SendAsync();
        reminders.Clock.Advance(TimeSpan.FromHours(6));
        await reminders.SendAsync();

        Assert.Equal((MailState.Failed, 1, "550 No such mailbox"), ((await MailAsync()).State, (await MailAsync()).Tries, (await MailAsync()).Reason));
    }

    [Fact]
    public async Task A_mail_whose_worker_died_is_sent_when_the_lease_is_over_under_the_same_message_id()
    {
        var died = new DyingTransport();
        using (var dispatcher = reminders.CreateDispatch(died))
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => dispatcher.RunIdleSendersAsync(CancellationToken.None));
        }

        reminders.Clock.Advance(reminders.Options.LeaseFor - TimeSpan.FromTicks(1));
        await reminders.SendAsync();
        Assert.Empty(reminders.Mail.Sent);

        reminders.Clock.Advance(TimeSpan.FromTicks(1));
        await reminders.SendAsync();

        Assert.Equal(died.Taken.Single().MessageId, Assert.Single(reminders.Mail.Sent).MessageId);
        Assert.Equal((MailState.Sent, 2), ((await MailAsync()).State, (await MailAsync()).Tries));
    }

    [Fact]
    public async Task A_mail_that_breaks_the_transport_holds_up_no_other()
    {
        await reminders.ContactTestMail.SendAsync(account.Id, key, TestKeys.By(account), CancellationToken.None);
        var breaking = new BreakingTransport(reminders.Mail);

        using var dispatcher = reminders.CreateDispatch(breaking);
        await dispatcher.RunIdleSendersAsync(CancellationToken.None);

        Assert.Single(reminders.Mail.Sent);
        Assert.Contains("It could not be handed over: broken", (await reminders.MailsAsync()).Select(mail => mail.Reason));
    }

    [Fact]
    public async Task A_cancelled_mail_is_not_sent()
    {
        await reminders.Keys.DeleteAsync(account, key);

        await reminders.SendAsync();

        Assert.DoesNotContain(reminders.Mail.Sent, mail => mail.Subject!.Contains("expires", StringComparison.Ordinal));
        Assert.Equal((MailState.Cancelled, CancelReason.KeyDeleted), ((await MailAsync()).State, (await MailAsync()).CancelReason));
    }

    [Fact]
    public async Task A_mail_that_was_sent_although_it_was_cancelled_meanwhile_counts_as_sent()
    {
        var deleting = new DeletingTransport(reminders.Mail, () => reminders.Keys.DeleteAsync(account, key));

        using var dispatcher = reminders.CreateDispatch(deleting);
        await dispatcher.RunIdleSendersAsync(CancellationToken.None);

        Assert.Equal(MailState.Sent, (await MailAsync()).State);
    }

    [Fact]
    public async Task An_administrator_can_requeue_one_failed_mail_or_all_for_three_more_days()
    {
        await reminders.ContactTestMail.SendAsync(account.Id, key, TestKeys.By(account), CancellationToken.None);
        reminders.Mail.Refuse(Ann, Never);
        await reminders.SendAsync();
        var failed = await reminders.Report.ListFailedAsync(FailedMailFilter.All, CancellationToken.None);
        Assert.Equal(2, failed.Count);
        Assert.All(failed, mail => Assert.True(mail.CanRetry));
        reminders.Mail.Refuse(Ann, null);

        Assert.Equal(1, await reminders.Report.RetryAllAsync(
            new FailedMailFilter(MailId: failed[0].Id), DateTimeOffset.MaxValue, CancellationToken.None));
        Assert.Equal(1, await reminders.Report.RetryAllAsync(FailedMailFilter.All, DateTimeOffset.MaxValue, CancellationToken.None));
        Assert.All((await reminders.MailsAsync()).Where(mail => mail.State == MailState.Waiting), mail => Assert.Equal(
            (0, reminders.Clock.GetUtcNow().AddDays(3)), (mail.Tries, mail.GiveUpAt)));
        await reminders.SendAsync();

        Assert.Equal(2, reminders.Mail.To(Ann).Count);
        Assert.Empty(await reminders.Report.ListFailedAsync(FailedMailFilter.All, CancellationToken.None));
    }

    [Fact]
    public async Task A_failed_mail_about_a_deleted_key_is_not_requeued()
    {
        reminders.Mail.Refuse(Ann, Never);
        await reminders.SendAsync();
        await reminders.Keys.DeleteAsync(account, key);

        Assert.False(Assert.Single(await reminders.Report.ListFailedAsync(new FailedMailFilter(Kind: MailKind.Reminder), CancellationToken.None)).CanRetry);
        Assert.Equal(0, await reminders.Report.RetryAllAsync(FailedMailFilter.All, DateTimeOffset.MaxValue, CancellationToken.None));
    }

    public void Dispose() => reminders.Dispose();

    private async Task<OutgoingMail> MailAsync() => (await reminders.MailsAsync()).Single(mail => mail.Kind == MailKind.Reminder);

    /// <summary>Takes a mail, and never comes back to say so.</summary>
    private sealed class DyingTransport : IMailTransport
    {
        public List<MimeMessage> Taken { get; } = [];

        public Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken)
        {
            Taken.Add(message);
            throw new OperationCanceledException();
        }
    }

    /// <summary>Breaks at the first mail in a way that nobody foresaw.</summary>
    private sealed class BreakingTransport(IMailTransport inner) : IMailTransport
    {
        private int count;

        public Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref count) == 1 ? throw new InvalidOperationException("broken") : inner.SendAsync(message, recipient, cancellationToken);
    }

    /// <summary>The key is deleted while its mail is on the way.</summary>
    private sealed class DeletingTransport(IMailTransport inner, Func<Task<bool>> delete) : IMailTransport
    {
        public async Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken)
        {
            if (message.Subject!.Contains("expires", StringComparison.Ordinal))
            {
                await delete();
            }

            return await inner.SendAsync(message, recipient, cancellationToken);
        }
    }
}
