using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders.Mails;

public sealed class ContactTestMailTests : AsyncLifetime, IDisposable
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
    public async Task Every_contact_gets_one_and_reads_which_key_it_is_about()
    {
        Assert.Equal(new ContactTestMailResult.Queued(2), await SendAsync());
        await reminders.SendAsync();

        Assert.Equal([Ann, Ben], reminders.Mail.Sent.Select(mail => mail.To.Mailboxes.Single().Address).Order());
        Assert.All(reminders.Mail.Sent, mail => Assert.Equal("Test mail for API key “Grant system”", mail.Subject));
    }

    [Fact]
    public async Task A_second_one_within_the_hour_is_refused_and_one_an_hour_later_is_not()
    {
        var first = reminders.Clock.GetUtcNow();
        await SendAsync();

        reminders.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(new ContactTestMailResult.TooSoon(first.AddHours(1)), await SendAsync());
        reminders.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.IsType<ContactTestMailResult.Queued>(await SendAsync());

        Assert.Equal(4, (await reminders.MailsAsync()).Count);
    }

    [Fact]
    public async Task The_hour_is_counted_for_each_key()
    {
        var other = await reminders.IssueQuietlyAsync(account, "Payments");
        await SendAsync();

        Assert.IsType<ContactTestMailResult.Queued>(await reminders.ContactTestMail.SendAsync(account.Id, other, TestKeys.By(account), CancellationToken.None));
    }

    [Fact]
    public async Task Of_eight_asked_for_at_once_one_is_sent()
    {
        var results = await Together.RunAsync(8, _ => SendAsync());

        Assert.Single(results.OfType<ContactTestMailResult.Queued>());
        Assert.Equal(7, results.OfType<ContactTestMailResult.TooSoon>().Count());
    }

    [Fact]
    public async Task Somebody_elses_key_and_a_deleted_one_are_answered_like_an_unknown_one()
    {
        var stranger = await reminders.Keys.AddAccountAsync("tan@agency.gov.sg");

        Assert.IsType<ContactTestMailResult.NotFound>(
            await reminders.ContactTestMail.SendAsync(stranger.Id, key, TestKeys.By(stranger), CancellationToken.None));
        Assert.IsType<ContactTestMailResult.NotFound>(
            await reminders.ContactTestMail.SendAsync(account.Id, Guid.NewGuid(), TestKeys.By(account), CancellationToken.None));
        await reminders.Keys.DeleteAsync(account, key);
        Assert.IsType<ContactTestMailResult.NotFound>(
            await SendAsync());
        Assert.DoesNotContain(await reminders.MailsAsync(), mail => mail.Kind == MailKind.Test);
    }

    [Fact]
    public async Task The_timeline_shows_the_newest_by_every_contact_although_each_was_written_at_an_instant_of_its_own()
    {
        reminders.Mail.Refuse(Ben, new MailDelivery.Refused("550 No such mailbox", IsFinal: true));
        await SendAsync();
        await reminders.SendAsync();
        reminders.Clock.Advance(TimeSpan.FromHours(2));
        reminders.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);
        await SendAsync();

        var shown = (await reminders.Timelines.FindAsync(account.Id, key, CancellationToken.None))!.LastTest;

        Assert.Equal([(Ann, TimelineState.Queued), (Ben, TimelineState.Queued)], shown.Select(entry => (entry.Contact, entry.State)));
    }

    public void Dispose() => reminders.Dispose();

    private Task<ContactTestMailResult> SendAsync() => reminders.ContactTestMail.SendAsync(account.Id, key, TestKeys.By(account), CancellationToken.None);
}
