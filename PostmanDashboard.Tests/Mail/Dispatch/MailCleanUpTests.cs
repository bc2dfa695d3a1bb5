using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Mail.Dispatch;

public sealed class MailCleanUpTests : IDisposable
{
    private readonly TestReminders reminders = new();

    [Fact]
    public async Task A_body_is_kept_for_its_time_and_blanked_after_it_while_the_facts_stay()
    {
        await reminders.Keys.IssueAsync(await reminders.Keys.AddAccountAsync());
        await reminders.SendAsync();
        var before = Assert.Single(await reminders.MailsAsync());

        reminders.Clock.Advance(TimeSpan.FromDays(30));
        await CleanUpAsync();
        Assert.NotNull(Assert.Single(await reminders.MailsAsync()).Text);

        reminders.Clock.Advance(TimeSpan.FromTicks(1));
        await CleanUpAsync();

        var after = Assert.Single(await reminders.MailsAsync());
        Assert.Equal((null, null), (after.Text, after.Html));
        Assert.Equal(
            (before.Recipient, before.Subject, before.InternetMessageId, before.State, before.SettledAt, before.Kind),
            (after.Recipient, after.Subject, after.InternetMessageId, after.State, after.SettledAt, after.Kind));
    }

    [Fact]
    public async Task A_mail_that_waits_keeps_its_body_however_old_it_is()
    {
        await reminders.Keys.IssueAsync(await reminders.Keys.AddAccountAsync());
        reminders.Clock.Advance(TimeSpan.FromDays(400));

        await CleanUpAsync();

        Assert.NotNull(Assert.Single(await reminders.MailsAsync()).Text);
    }

    [Fact]
    public async Task A_failed_mail_without_its_body_cannot_be_tried_again()
    {
        var account = await reminders.Keys.AddAccountAsync();
        var key = await reminders.IssueQuietlyAsync(account, "Grant system", ApiKeyLifetime.SixMonths, "ann@agency.gov.sg");
        reminders.Mail.Refusal = new MailDelivery.Refused("550 No such mailbox", IsFinal: true);
        await reminders.ContactTestMail.SendAsync(account.Id, key, TestKeys.By(account), CancellationToken.None);
        await reminders.SendAsync();
        var mail = Assert.Single(await reminders.MailsAsync()).Id;
        reminders.Clock.Advance(TimeSpan.FromDays(31));
        await CleanUpAsync();

        Assert.Equal(0, await reminders.Report.RetryAllAsync(
            new FailedMailFilter(MailId: mail), DateTimeOffset.MaxValue, CancellationToken.None));
        Assert.False(await reminders.Timelines.RetryAsync(account.Id, mail, CancellationToken.None));
        Assert.False(Assert.Single(await reminders.Report.ListFailedAsync(FailedMailFilter.All, CancellationToken.None)).CanRetry);
        Assert.Null(Assert.Single((await reminders.Timelines.FindAsync(account.Id, key, CancellationToken.None))!.LastTest).RetryMailId);
        Assert.Equal(TimelineState.Failed, Assert.Single((await reminders.Timelines.FindAsync(account.Id, key, CancellationToken.None))!.LastTest).State);
    }

    [Fact]
    public async Task However_many_there_are_none_is_left()
    {
        await using var db = reminders.Database.CreateDbContext();
        for (var number = 0; number < 1_100; number++)
        {
            var mail = reminders.Outbox.Add(db, new MailDraft(
                MailKind.Notice, EmailAddress.Parse("ann@agency.gov.sg"), "Hello", new MailContent().Paragraph("Hello"), ApiKeyId: null));
            db.Entry(mail).Property(row => row.State).CurrentValue = MailState.Sent;
            db.Entry(mail).Property(row => row.SettledAt).CurrentValue = mail.CreatedAt;
        }

        await db.SaveChangesAsync();
        reminders.Clock.Advance(TimeSpan.FromDays(31));

        await CleanUpAsync();

        Assert.All(await reminders.MailsAsync(), mail => Assert.Null(mail.Text));
    }

    public void Dispose() => reminders.Dispose();

    private Task CleanUpAsync() => reminders.CleanUp.RunAsync(CancellationToken.None);
}
