using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders.Timeline;

/// <summary>What the owner of a key can see of its reminders, and try again.</summary>
public sealed class KeyTimelineTests : AsyncLifetime, IDisposable
{
    private const string Ann = "ann@agency.gov.sg";
    private const string Ben = "ben@agency.gov.sg";

    private readonly TestReminders reminders = new();
    private Account account = null!;
    private Guid key;

    public override async Task InitializeAsync()
    {
        account = await reminders.Keys.AddAccountAsync();
        key = await reminders.IssueQuietlyAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann, Ben);
    }

    [Fact]
    public async Task A_new_key_shows_its_five_stages_planned_for_each_contact()
    {
        var timeline = (await FindAsync())!;

        Assert.Equal(Enum.GetValues<ReminderStage>(), timeline.Stages.Select(stage => stage.Stage));
        Assert.Equal((TestClock.Start, timeline.ExpiresAt), (timeline.CreatedAt, timeline.Stages[^1].DueAt));
        Assert.All(timeline.Stages, stage => Assert.Equal(
            [new TimelineEntry(Ann, TimelineState.Planned, null, null, null), new TimelineEntry(Ben, TimelineState.Planned, null, null, null)], stage.Entries));
        Assert.Empty(timeline.LastTest);
    }

    [Fact]
    public async Task What_waits_is_queued_and_what_was_taken_is_sent_with_its_time()
    {
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await reminders.SweepAsync();
        Assert.Equal(TimelineState.Queued, (await EntryAsync(ReminderStage.OneMonth, Ann)).State);

        reminders.Clock.Advance(TimeSpan.FromMinutes(1));
        await reminders.SendAsync();

        Assert.Equal(new TimelineEntry(Ann, TimelineState.Sent, reminders.Clock.GetUtcNow(), null, null), await EntryAsync(ReminderStage.OneMonth, Ann));
    }

    [Fact]
    public async Task What_is_deferred_shows_what_the_server_said()
    {
        reminders.Mail.Refuse(Ann, new MailDelivery.Refused("451 Come back later", IsFinal: false));
        await reminders.GoToAsync(key, ReminderStage.OneMonth);

        await reminders.RunJobsAsync();

        Assert.Equal(new TimelineEntry(Ann, TimelineState.Queued, null, "451 Come back later", null), await EntryAsync(ReminderStage.OneMonth, Ann));
    }

    [Fact]
    public async Task What_failed_shows_why_and_can_be_tried_again()
    {
        reminders.Mail.Refuse(Ben, new MailDelivery.Refused("550 No such mailbox", IsFinal: true));
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await reminders.RunJobsAsync();
        var failed = await EntryAsync(ReminderStage.OneMonth, Ben);
        Assert.Equal((TimelineState.Failed, "550 No such mailbox", reminders.Clock.GetUtcNow()), (failed.State, failed.Reason, failed.At));

        reminders.Mail.Refuse(Ben, null);
        Assert.True(await RetryAsync(account, failed));
        await reminders.SendAsync();

        Assert.Equal(TimelineState.Sent, (await EntryAsync(ReminderStage.OneMonth, Ben)).State);
        Assert.Single(reminders.Mail.To(Ben));
        Assert.Single(reminders.Mail.To(Ann));
        Assert.False(await RetryAsync(account, failed));
    }

    [Fact]
    public async Task Only_the_owner_can_try_again()
    {
        reminders.Mail.Refusal = new MailDelivery.Refused("550 No such mailbox", IsFinal: true);
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await reminders.RunJobsAsync();
        var stranger = await reminders.Keys.AddAccountAsync("tan@agency.gov.sg");

        Assert.False(await RetryAsync(stranger, await EntryAsync(ReminderStage.OneMonth, Ann)));
        Assert.Equal(TimelineState.Failed, (await EntryAsync(ReminderStage.OneMonth, Ann)).State);
    }

    [Fact]
    public async Task What_failed_for_a_contact_that_was_taken_off_stays_failed()
    {
        reminders.Mail.Refuse(Ben, new MailDelivery.Refused("550 No such mailbox", IsFinal: true));
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await reminders.RunJobsAsync();
        var failed = await EntryAsync(ReminderStage.OneMonth, Ben);
        await reminders.Keys.ChangeAsync(account, key, "Grant system", Ann);

        Assert.Null((await EntryAsync(ReminderStage.OneMonth, Ben)).RetryMailId);
        Assert.False(await RetryAsync(account, failed));
        Assert.Equal(0, await reminders.Report.RetryAllAsync(FailedMailFilter.All, DateTimeOffset.MaxValue, CancellationToken.None));
    }

    [Fact]
    public async Task A_wider_stage_that_came_late_is_superseded()
    {
        await reminders.GoToAsync(key, ReminderStage.ThreeDays);
        await reminders.RunJobsAsync();

        var states = (await FindAsync())!.Stages.Select(stage => stage.Entries[0].State);

        Assert.Equal([TimelineState.Superseded, TimelineState.Superseded, TimelineState.Sent, TimelineState.Planned, TimelineState.Planned], states);
    }

    [Fact]
    public async Task What_is_not_owed_any_more_is_cancelled_and_says_why()
    {
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await reminders.SweepAsync();
        await reminders.Keys.ChangeAsync(account, key, "Grant system", Ann);

        Assert.All((await FindAsync())!.Stages.Select(stage => stage.Entries.Single(entry => entry.Contact == Ben)), entry =>
            Assert.Equal((TimelineState.Cancelled, "no longer a contact", null), (entry.State, entry.Reason, entry.RetryMailId)));
    }

    [Fact]
    public async Task Somebody_elses_key_and_a_deleted_one_have_no_timeline()
    {
        var stranger = await reminders.Keys.AddAccountAsync("tan@agency.gov.sg");

        Assert.Null(await reminders.Timelines.FindAsync(stranger.Id, key, CancellationToken.None));
        Assert.Null(await reminders.Timelines.FindAsync(account.Id, Guid.NewGuid(), CancellationToken.None));
        await reminders.Keys.DeleteAsync(account, key);
        Assert.Null(await FindAsync());
    }

    public void Dispose() => reminders.Dispose();

    private Task<KeyTimeline?> FindAsync() => reminders.Timelines.FindAsync(account.Id, key, CancellationToken.None);

    private async Task<TimelineEntry> EntryAsync(ReminderStage stage, string contact) =>
        (await FindAsync())!.Stages.Single(row => row.Stage == stage).Entries.Single(entry => entry.Contact == contact);

    private Task<bool> RetryAsync(Account by, TimelineEntry failed) => reminders.Timelines.RetryAsync(by.Id, failed.RetryMailId!.Value, CancellationToken.None);
}
