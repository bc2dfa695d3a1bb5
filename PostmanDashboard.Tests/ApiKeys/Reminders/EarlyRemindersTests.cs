using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>Contacts who were told by a clock that ran ahead, and was set back.</summary>
public sealed class EarlyRemindersTests : IDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(200);

    private readonly TestReminders reminders = new();

    public void Dispose() => reminders.Dispose();

    [Fact]
    public async Task Hear_all_of_it_again_when_it_is_due()
    {
        var key = await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync());
        await ForwardAsync();
        Assert.Equal("API key “Grant system” has expired", Assert.Single(reminders.Mail.Sent).Subject);

        Assert.Equal(5, await BackAsync());
        foreach (var stage in Enum.GetValues<ReminderStage>())
        {
            await reminders.GoToAsync(key, stage);
            await reminders.RunJobsAsync();
        }

        Assert.Equal(
            ["has expired", "expires in 1 month", "expires in 14 days", "expires in 3 days", "expires in 1 day", "has expired"],
            reminders.Mail.Sent.Select(mail => mail.Subject!.Replace("API key “Grant system” ", "", StringComparison.Ordinal)));
        Assert.Equal(6, (await reminders.MailsAsync()).Count);
    }

    [Fact]
    public async Task Hear_once_what_was_due_already_when_the_clock_went_ahead()
    {
        var key = await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync());
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await ForwardAsync();

        await BackAsync();
        await reminders.RunJobsAsync();

        Assert.Equal("API key “Grant system” expires in 1 month", reminders.Mail.Sent[^1].Subject);
        Assert.Equal(2, reminders.Mail.Sent.Count);
    }

    [Fact]
    public async Task Do_not_hear_again_what_they_were_told_in_time()
    {
        var key = await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync());
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await reminders.RunJobsAsync();
        await ForwardAsync();

        await BackAsync();
        await reminders.RunJobsAsync();

        Assert.Equal(2, reminders.Mail.Sent.Count);
        Assert.Equal(
            [ReminderState.Queued, ReminderState.Planned, ReminderState.Planned, ReminderState.Planned, ReminderState.Planned],
            (await reminders.RemindersAsync(key)).Select(reminder => reminder.State));
    }

    [Fact]
    public async Task Never_get_a_mail_that_still_waits_to_be_sent_too_early()
    {
        await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync());
        reminders.Clock.AdjustTime(reminders.Clock.GetUtcNow() + Ahead);
        await reminders.SweepAsync();

        await BackAsync();
        await reminders.SendAsync();

        Assert.Empty(reminders.Mail.Sent);
        var mail = Assert.Single(await reminders.MailsAsync());
        Assert.Equal((MailState.Cancelled, CancelReason.NotDue), (mail.State, mail.CancelReason));
    }

    [Fact]
    public async Task Hear_nothing_of_a_key_that_was_deleted()
    {
        var account = await reminders.Keys.AddAccountAsync();
        var key = await reminders.IssueQuietlyAsync(account);
        await ForwardAsync();
        await reminders.Keys.DeleteAsync(account, key);

        Assert.Equal(0, await BackAsync());
    }

    [Fact]
    public async Task Are_planned_for_once_however_often_the_clock_is_put_right()
    {
        await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync());
        await ForwardAsync();

        Assert.Equal(5, await BackAsync());
        Assert.Equal(0, await PlanAgainAsync());
    }

    [Fact]
    public async Task Are_notified_about_each_of_very_many_keys()
    {
        const int Keys = 120;
        var account = await reminders.Keys.AddAccountAsync();
        for (var number = 0; number < Keys; number++)
        {
            await reminders.IssueQuietlyAsync(account, $"System {number}");
        }

        await ForwardAsync();

        Assert.Equal(5 * Keys, await BackAsync());
    }

    [Fact]
    public async Task Wait_for_a_mail_that_was_deferred_no_longer_than_a_lease()
    {
        reminders.Mail.Refusal = new MailDelivery.Refused("451 4.7.1 Later", IsFinal: false);
        var key = await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync());
        await reminders.GoToAsync(key, ReminderStage.Expired);
        await reminders.SweepAsync();
        reminders.Clock.AdjustTime(reminders.Clock.GetUtcNow() + TimeSpan.FromDays(2));
        await reminders.SendAsync();
        reminders.Clock.AdjustTime(reminders.Clock.GetUtcNow() - TimeSpan.FromDays(2));
        reminders.Mail.Refusal = null;

        await reminders.Keys.Get<DeferredMails>().CapDueAtAsync(CancellationToken.None);
        reminders.Clock.Advance(reminders.Options.LeaseFor);
        await reminders.SendAsync();

        Assert.Single(reminders.Mail.Sent);
    }

    private async Task ForwardAsync()
    {
        reminders.Clock.AdjustTime(reminders.Clock.GetUtcNow() + Ahead);
        await reminders.RunJobsAsync();
    }

    private Task<int> BackAsync()
    {
        reminders.Clock.AdjustTime(reminders.Clock.GetUtcNow() - Ahead);
        return PlanAgainAsync();
    }

    private Task<int> PlanAgainAsync() => reminders.Keys.Get<EarlyReminders>().PlanAgainAsync(CancellationToken.None);
}
