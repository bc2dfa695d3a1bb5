using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Mail.Dispatch;

public sealed class MailRetryTests : IDisposable
{
    private const string Ann = "ann@agency.gov.sg";
    private const string Ben = "ben@agency.gov.sg";

    private readonly TestReminders reminders = new();

    [Fact]
    public async Task Who_follows_mails_hears_of_those_that_were_retried_and_of_no_other_that_is_due_at_the_same_moment()
    {
        var failed = await FailAsync();
        var other = await AddAsync(Ben);
        var heard = new Heard();

        await using var db = reminders.Database.CreateDbContext();
        var retried = await new MailRetry([heard], reminders.Outbox, reminders.Clock).RetryAsync(db, db.OutgoingMails, CancellationToken.None);

        Assert.Equal(1, retried);
        Assert.Equal([failed], heard.Mails);
        Assert.NotEqual(failed, other);
    }

    [Fact]
    public async Task A_mail_that_waits_or_was_sent_is_not_retried()
    {
        await AddAsync(Ann);
        await reminders.SendAsync();
        await AddAsync(Ben);

        await using var db = reminders.Database.CreateDbContext();

        Assert.Equal(0, await reminders.Retry.RetryAsync(db, db.OutgoingMails, CancellationToken.None));
        Assert.Equal([MailState.Sent, MailState.Waiting], (await reminders.MailsAsync()).Select(mail => mail.State));
    }

    public void Dispose() => reminders.Dispose();

    private async Task<Guid> FailAsync()
    {
        reminders.Mail.Refusal = new MailDelivery.Refused("550 No such mailbox", IsFinal: true);
        var failed = await AddAsync(Ann);
        await reminders.SendAsync();
        return failed;
    }

    private async Task<Guid> AddAsync(string to)
    {
        await using var db = reminders.Database.CreateDbContext();
        var mail = reminders.Outbox.Add(db, new MailDraft(MailKind.Notice, EmailAddress.Parse(to), "It happened", new MailContent(), ApiKeyId: null));
        await db.SaveChangesAsync();
        return mail.Id;
    }

    private sealed class Heard : IMailFollowUp
    {
        public List<Guid> Mails { get; } = [];

        public MailKind Kind => MailKind.Notice;

        public Task SentAsync(DashboardDbContext db, IReadOnlyList<OutgoingMail> mails, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task FailedAsync(DashboardDbContext db, OutgoingMail mail, MailFailure failure, CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task RetriedAsync(DashboardDbContext db, IQueryable<OutgoingMail> mails, CancellationToken cancellationToken) =>
            Mails.AddRange(await mails.Select(mail => mail.Id).ToListAsync(cancellationToken));
    }
}
