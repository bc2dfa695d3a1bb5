using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

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

    [Fact]
    public async Task Two_administrators_at_once_requeue_and_count_each_mail_once()
    {
        var failed = new List<Guid>();
        for (var number = 0; number < 20; number++)
        {
            failed.Add(await FailAsync());
        }

        var retries = await Together.RunAsync(2, async _ =>
        {
            var heard = new Heard();
            await using var db = reminders.Database.CreateDbContext();
            var count = await new MailRetry([heard], reminders.Outbox, reminders.Clock).RetryAsync(db, db.OutgoingMails, CancellationToken.None);
            return (Count: count, heard.Mails);
        });

        Assert.All(retries, retry => Assert.Equal(retry.Count, retry.Mails.Count));
        Assert.Equal(failed.Order(), retries.SelectMany(retry => retry.Mails).Order());
        Assert.All(await reminders.MailsAsync(), mail => Assert.Equal((MailState.Waiting, 0), (mail.State, mail.Tries)));
    }

    [Fact]
    public async Task Who_follows_mails_does_not_hear_of_one_that_was_moved_by_somebody_else_at_this_moment()
    {
        var (failed, taken) = (await FailAsync(), await FailAsync());
        var heard = new Heard();
        await using var usual = reminders.Database.CreateDbContext();
        await using var db = new DashboardDbContext(
            new DbContextOptionsBuilder<DashboardDbContext>(usual.GetService<DbContextOptions<DashboardDbContext>>())
                .AddInterceptors(new SentBeforeTheUpdate(taken)).Options);

        var retried = await new MailRetry([heard], reminders.Outbox, reminders.Clock).RetryAsync(db, db.OutgoingMails, CancellationToken.None);

        Assert.Equal(1, retried);
        Assert.Equal([failed], heard.Mails);
    }

    [Fact]
    public async Task A_retry_reads_back_those_that_it_moved_and_not_all_that_were_ever_sent()
    {
        await using var db = reminders.Database.CreateDbContext();

        Assert.Equal(
            "SEARCH o USING INDEX IX_OutgoingMails_RetryId (RetryId=?)", await QueryPlan.OfAsync(db, db.OutgoingMails.RequeuedBy(Guid.CreateVersion7())));
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

    /// <summary>Marks a mail as sent just before mails are requeued.</summary>
    private sealed class SentBeforeTheUpdate(Guid taken) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("UPDATE \"OutgoingMails\"", StringComparison.Ordinal))
            {
                await using var earlier = command.Connection!.CreateCommand();
                earlier.Transaction = command.Transaction;
                earlier.CommandText = $"UPDATE OutgoingMails SET State = {(int)MailState.Sent} WHERE Id = '{taken.ToString().ToUpperInvariant()}'";
                Assert.Equal(1, await earlier.ExecuteNonQueryAsync(cancellationToken));
            }

            return result;
        }
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
