using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Failures;
using PostmanDashboard.Messages.Delivery;
using PostmanDashboard.Shell.Charts;
using PostmanDashboard.Shell.Text;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Admin.MailQueue;

/// <summary>Tells administrators how reminders and mails are doing, and lets them try failed ones again.</summary>
public sealed class MailReport(IDbContextFactory<DashboardDbContext> databases, JobRuns runs, MailRetry retry, DateTimeZone zone, TimeProvider clock)
{
    public const int Days = 30;

    /// <summary>No more bounces of API messages are counted.</summary>
    public const int MostCounted = 10_000;

    /// <summary>For how long they are counted.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    /// <summary>As many failed mails as the page lists; the newest.</summary>
    public const int Listed = 200;

    public async Task<MailSituation> DescribeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = db.OutgoingMails.Where(mail => mail.State == MailState.Waiting);
        return new MailSituation(
            await runs.FindAsync(ReminderSweep.JobId, cancellationToken),
            await ReminderSweep.Due(db, now).CountAsync(cancellationToken),
            await waiting.CountAsync(cancellationToken),
            await waiting.MinAsync(mail => (DateTimeOffset?)mail.CreatedAt, cancellationToken),
            await new FailedMailFilter(OfPrograms: false).Find(db).CountAsync(cancellationToken),
            await CountBouncedAsync(db, now - Recent, cancellationToken),
            await CountByDayAsync(db, now, cancellationToken));
    }

    public async Task<IReadOnlyList<FailedMail>> ListFailedAsync(FailedMailFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var retryable = MailRetry.Retryable(db.OutgoingMails.WithBody(db).StillDue(db, clock.GetUtcNow())).Select(mail => mail.Id);
        var rows =
            from mail in filter.Find(db)
            join key in db.ApiKeys on mail.ApiKeyId equals key.Id into keys
            from key in keys.DefaultIfEmpty()
            join message in db.Messages on mail.MessageId equals message.Id into messages
            from message in messages.DefaultIfEmpty()
            join account in db.Users on (Guid?)key.AccountId ?? (Guid?)message.AccountId equals (Guid?)account.Id into accounts
            from account in accounts.DefaultIfEmpty()
            select new { mail, AccountEmail = account.Email };
        var mails = await rows.OrderByDescending(row => row.mail.SettledAt).Take(Listed).Select(row => new FailedMail(
            row.mail.Id, row.mail.Kind, row.mail.Recipient, row.mail.Subject, row.AccountEmail, row.mail.SettledAt!.Value, row.mail.Reason ?? "",
                retryable.Contains(row.mail.Id)))
            .ToListAsync(cancellationToken);
        return filter.IncludesAcknowledged ? await WithAcknowledgementsAsync(db, mails, cancellationToken) : mails;
    }

    private static async Task<IReadOnlyList<FailedMail>> WithAcknowledgementsAsync(
        DashboardDbContext db, IReadOnlyList<FailedMail> mails, CancellationToken cancellationToken)
    {
        var ids = mails.Select(mail => mail.Id).ToList();
        var rows =
            from failure in db.MailFailures
            join account in db.Users on failure.AcknowledgedBy equals account.Id
            where EF.Parameter(ids).Contains(failure.MailId)
            select new { failure.MailId, failure.FailedAt, failure.AcknowledgedAt, account.Email };
        var acknowledged = (await rows.ToListAsync(cancellationToken)).ToLookup(row => (row.MailId, row.FailedAt));
        return [.. mails.Select(mail => mail with
        {
            Acknowledged = acknowledged[(mail.Id, mail.FailedAt)].Select(row => new Acknowledgement(row.AcknowledgedAt!.Value, row.Email!)).FirstOrDefault(),
        })];
    }

    /// <summary>A list with what can be done about all of it.</summary>
    public async Task<FailedMailList> ListAllAsync(FailedMailFilter filter, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow();
        var mails = await ListFailedAsync(filter, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = filter.OfPrograms == false ? await (filter with { IncludesAcknowledged = false }).Find(db).CountAsync(cancellationToken) : 0;
        return new FailedMailList(mails, open, await CountRetryableAsync(filter, cancellationToken), until);
    }

    /// <returns>How many <see cref="RetryAllAsync"/> would requeue. More than are listed, where there are many.</returns>
    public async Task<int> CountRetryableAsync(FailedMailFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Retryable(db, filter, DateTimeOffset.MaxValue, clock.GetUtcNow()).CountAsync(cancellationToken);
    }

    /// <summary>For all that are found by the same filter as <see cref="ListFailedAsync"/>, also beyond those that it lists.</summary>
    /// <param name="until">What fails later isn't meant: nobody was told of it.</param>
    /// <returns>How many were requeued.</returns>
    public async Task<int> RetryAllAsync(FailedMailFilter filter, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await retry.RetryAsync(db, Retryable(db, filter, until, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Says that nothing more is to be done about failed mails: they count no longer, and stay on record with who said so.</summary>
    /// <param name="until">What fails later isn't meant: nobody has seen it.</param>
    /// <returns>How many nobody had acknowledged before.</returns>
    public async Task<int> AcknowledgeAsync(FailedMailFilter filter, DateTimeOffset until, Guid by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await filter.Find(db).Where(mail => mail.SettledAt <= until).AcknowledgeAsync(db, by, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>What <see cref="RetryAllAsync"/> requeues.</summary>
    internal static IQueryable<OutgoingMail> Retryable(DashboardDbContext db, FailedMailFilter filter, DateTimeOffset until, DateTimeOffset now) =>
        MailRetry.Retryable(filter.Find(db).Where(mail => mail.SettledAt <= until).WithBody(db).StillDue(db, now));

    internal static string RetriedInWords(int count) =>
        count == 0 ? "None of these can be sent again." : $"{Quantity.Format(count, "mail")} queued again.";

    /// <returns>How long the mail that is overdue most could have been sent; zero when none is. One that is tried again later is not overdue before.</returns>
    public async Task<TimeSpan> LongestOverdueAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var oldest = await db.OutgoingMails.Where(mail => mail.State == MailState.Waiting)
            .MinAsync(mail => (DateTimeOffset?)mail.DueAt, cancellationToken);
        return oldest is { } dueAt && dueAt < clock.GetUtcNow() ? clock.GetUtcNow() - dueAt : TimeSpan.Zero;
    }

    private static Task<int> CountBouncedAsync(DashboardDbContext db, DateTimeOffset since, CancellationToken cancellationToken) => db.MailFailures
        .Where(failure => failure.FailedAt >= since && failure.Kind == MailKind.Message)
        .OrderByDescending(failure => failure.FailedAt)
        .Take(MostCounted + 1)
        .CountAsync(cancellationToken);

    /// <summary>Our own mails.</summary>
    /// <remarks>Days of the agency's zone. Counted one by one, each a range of an index, which has no API messages. What failed counts on that day
    /// for good, also when it was tried again.</remarks>
    private async Task<IReadOnlyList<DayCount>> CountByDayAsync(DashboardDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = AgencyCalendar.DayOf(now, zone);
        var days = new List<DayCount>();
        for (var day = today.AddDays(1 - Days); day <= today; day = day.AddDays(1))
        {
            var (from, to) = (AgencyCalendar.StartOf(day, zone), AgencyCalendar.StartOf(day.AddDays(1), zone));
            days.Add(new DayCount(
                day,
                await db.OutgoingMails.CountAsync(
                    mail => mail.MessageId == null && mail.State == MailState.Sent && mail.SettledAt >= from && mail.SettledAt < to, cancellationToken),
                await db.MailFailures.CountAsync(
                    failure => failure.FailedAt >= from && failure.FailedAt < to && failure.Kind != MailKind.Message, cancellationToken)));
        }

        return days;
    }
}
