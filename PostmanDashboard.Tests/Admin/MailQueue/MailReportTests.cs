using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Admin.MailQueue;

/// <summary>What administrators read of reminders and mails.</summary>
public sealed class MailReportTests : AsyncLifetime, IDisposable
{
    private const string Ann = "ann@agency.gov.sg";

    private readonly TestReminders reminders = new();
    private Account account = null!;

    public override async Task InitializeAsync() => account = await reminders.Keys.AddAccountAsync();

    [Fact]
    public async Task Mails_are_counted_by_the_days_of_the_agency()
    {
        // 23:59 in Singapore, then 00:01 of the day after.
        reminders.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 10, 15, 59, 0, TimeSpan.Zero));
        await reminders.Keys.IssueAsync(account, "Grant system");
        await reminders.SendAsync();
        reminders.Clock.Advance(TimeSpan.FromMinutes(2));
        reminders.Mail.Refuse(Ann, new MailDelivery.Refused("550 No such mailbox", IsFinal: true));
        await reminders.Keys.IssueAsync(account, "Payroll", ApiKeyLifetime.SixMonths, Ann);
        await reminders.SendAsync();

        var days = (await DescribeAsync()).ByDay;

        Assert.Equal(30, days.Count);
        Assert.Equal((new DateOnly(2026, 1, 10), 1, 0), (days[^2].Date, days[^2].Good, days[^2].Bad));
        Assert.Equal((new DateOnly(2026, 1, 11), 1, 1), (days[^1].Date, days[^1].Good, days[^1].Bad));
        Assert.All(days.SkipLast(2), day => Assert.Equal((0, 0), (day.Good, day.Bad)));
    }

    [Fact]
    public async Task What_waits_what_is_overdue_and_what_was_caught_up_is_said()
    {
        await reminders.Keys.IssueAsync(account, "Grant system");
        var since = reminders.Clock.GetUtcNow();
        reminders.Clock.Advance(TimeSpan.FromDays(155));

        var before = await DescribeAsync();
        await reminders.SweepAsync();
        var after = await DescribeAsync();

        Assert.Null(before.LastSweep);
        Assert.Equal((1, 1, since), (before.OverdueReminders, before.WaitingMails, before.OldestWaitingSince));
        Assert.Equal((0, 2), (after.OverdueReminders, after.WaitingMails));
        Assert.Equal((1, 1), (after.LastSweep!.Handled, after.LastSweep.CaughtUp));
    }

    [Theory]
    [InlineData(null, null, 2)]
    [InlineData(MailKind.Notice, null, 1)]
    [InlineData(MailKind.Reminder, null, 0)]
    [InlineData(null, "ann@", 2)]
    [InlineData(null, "payroll", 2)]
    [InlineData(null, "no such", 2)]
    [InlineData(null, "nothing of the kind", 0)]
    [InlineData(null, "P%l", 0)]
    public async Task Failed_mails_are_found_by_kind_address_label_and_reason(MailKind? kind, string? searchText, int found)
    {
        reminders.Mail.Refuse(Ann, new MailDelivery.Refused("550 No such mailbox", IsFinal: true));
        var key = await reminders.Keys.IssueAsync(account, "Payroll", ApiKeyLifetime.SixMonths, Ann);
        await reminders.ContactTestMail.SendAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None);
        await reminders.SendAsync();

        var filter = new FailedMailFilter(Kind: kind, SearchText: searchText);
        var mails = await reminders.Report.ListFailedAsync(filter, CancellationToken.None);

        Assert.Equal(found, mails.Count);
        Assert.Equal(found, await reminders.Report.CountRetryableAsync(filter, CancellationToken.None));
        Assert.All(mails, mail => Assert.Equal(
            (Ann, "550 No such mailbox", account.Email, true), (mail.Recipient, mail.Reason, mail.AccountEmail, mail.CanRetry)));
        Assert.Equal(found, await reminders.Report.RetryAllAsync(filter, reminders.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal(2 - found, (await reminders.Report.ListFailedAsync(FailedMailFilter.All, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task What_failed_on_a_day_counts_there_also_after_a_retry_and_nowhere_else_once_acknowledged()
    {
        reminders.Mail.Refuse(Ann, new MailDelivery.Refused("550 No such mailbox", IsFinal: true));
        await reminders.Keys.IssueAsync(account, "Payroll", ApiKeyLifetime.SixMonths, Ann);
        await reminders.SendAsync();
        reminders.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((1, 1), await FailuresAsync());

        await reminders.Report.RetryAllAsync(FailedMailFilter.All, DateTimeOffset.MaxValue, CancellationToken.None);
        Assert.Equal((0, 1), await FailuresAsync());

        await reminders.SendAsync();
        Assert.Equal((1, 2), await FailuresAsync());
        Assert.Equal(1, await AcknowledgeAsync());
        Assert.Equal((0, 2), await FailuresAsync());
        Assert.Equal(0, await AcknowledgeAsync());

        await reminders.Report.RetryAllAsync(new FailedMailFilter(IncludesAcknowledged: true), DateTimeOffset.MaxValue, CancellationToken.None);
        reminders.Clock.Advance(TimeSpan.FromMinutes(1));
        await reminders.SendAsync();
        Assert.Equal((1, 3), await FailuresAsync());

        async Task<(int Open, long OfDays)> FailuresAsync()
        {
            var situation = await DescribeAsync();
            return (situation.FailedMails, situation.ByDay.Sum(day => day.Bad));
        }

        Task<int> AcknowledgeAsync() =>
            reminders.Report.AcknowledgeAsync(FailedMailFilter.All, reminders.Clock.GetUtcNow(), account.Id, CancellationToken.None);
    }

    /// <remarks>In London the clocks went forward on the morning of the 29th.</remarks>
    [Fact]
    public async Task On_the_day_on_which_clocks_change_a_mail_of_the_evening_before_is_of_the_day_before()
    {
        using var london = new TestReminders("Europe/London");
        london.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 28, 23, 30, 0, TimeSpan.Zero));
        await london.Keys.IssueAsync(await london.Keys.AddAccountAsync(), "Grant system");
        await london.SendAsync();
        london.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 29, 12, 0, 0, TimeSpan.Zero));

        var days = (await london.Report.DescribeAsync(CancellationToken.None)).ByDay;

        Assert.Equal((new DateOnly(2026, 3, 28), 1), (days[^2].Date, days[^2].Good));
        Assert.Equal((new DateOnly(2026, 3, 29), 0), (days[^1].Date, days[^1].Good));
    }

    public void Dispose() => reminders.Dispose();

    private Task<PostmanDashboard.Admin.MailQueue.MailSituation> DescribeAsync() => reminders.Report.DescribeAsync(CancellationToken.None);
}
