using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages.Delivery;
using PostmanDashboard.Shell.Charts;
using PostmanDashboard.Shell.Text;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Admin.MailQueue;

/// <summary>Tells administrators how reminders and mails are doing, and lets them try failed ones again.</summary>
public sealed class MailReport(IDbContextFactory<DashboardDbContext> databases, JobRuns runs, MailRetry retry, DateTimeZone zone, TimeProvider clock)
{
    public const int Days = 30;

    private const string EscapeCharacter = "\\";

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
            await db.OutgoingMails.CountAsync(mail => mail.State == MailState.Failed, cancellationToken),
            await CountByDayAsync(db, now, cancellationToken));
    }

    /// <param name="kind">Null for mails of every kind.</param>
    /// <param name="searchText">A part of the recipient, the reason or the label, in whatever case. Null or empty for all.</param>
    public async Task<IReadOnlyList<FailedMail>> ListFailedAsync(MailKind? kind, string? searchText, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var retryable = MailRetry.Retryable(db.OutgoingMails.WithBody(db).StillDue(db, clock.GetUtcNow())).Select(mail => mail.Id);
        var rows =
            from mail in Failed(db, kind, searchText)
            join key in db.ApiKeys on mail.ApiKeyId equals key.Id into keys
            from key in keys.DefaultIfEmpty()
            join message in db.Messages on mail.MessageId equals message.Id into messages
            from message in messages.DefaultIfEmpty()
            join account in db.Users on (Guid?)key.AccountId ?? (Guid?)message.AccountId equals (Guid?)account.Id into accounts
            from account in accounts.DefaultIfEmpty()
            select new { mail, AccountEmail = account.Email };
        return await rows.OrderByDescending(row => row.mail.SettledAt).Take(Listed).Select(row => new FailedMail(
            row.mail.Id, row.mail.Kind, row.mail.Recipient, row.mail.Subject, row.AccountEmail, row.mail.SettledAt!.Value, row.mail.Reason ?? "",
                retryable.Contains(row.mail.Id)))
            .ToListAsync(cancellationToken);
    }

    /// <returns>How many <see cref="RetryAllAsync"/> would requeue. More than are listed, where there are many.</returns>
    public async Task<int> CountRetryableAsync(MailKind? kind, string? searchText, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Retryable(db, kind, searchText, DateTimeOffset.MaxValue, clock.GetUtcNow()).CountAsync(cancellationToken);
    }

    /// <returns>How many were requeued.</returns>
    public async Task<int> RetryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await retry.RetryAsync(db, db.OutgoingMails.Where(mail => mail.Id == id).WithBody(db).StillDue(db, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>For all that are found by the same filter as <see cref="ListFailedAsync"/>, also beyond those that it lists.</summary>
    /// <param name="until">What fails later isn't meant: nobody was told of it.</param>
    /// <returns>How many were requeued.</returns>
    public async Task<int> RetryAllAsync(MailKind? kind, string? searchText, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await retry.RetryAsync(db, Retryable(db, kind, searchText, until, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>What <see cref="RetryAllAsync"/> requeues.</summary>
    internal static IQueryable<OutgoingMail> Retryable(DashboardDbContext db, MailKind? kind, string? searchText, DateTimeOffset until, DateTimeOffset now) =>
        MailRetry.Retryable(Failed(db, kind, searchText).Where(mail => mail.SettledAt <= until).WithBody(db).StillDue(db, now));

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

    /// <remarks>Days of the agency's zone. Counted one by one, each a range of the index: thirty reads, however many mails there are.</remarks>
    private async Task<IReadOnlyList<DayCount>> CountByDayAsync(DashboardDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = AgencyCalendar.DayOf(now, zone);
        var days = new List<DayCount>();
        for (var day = today.AddDays(1 - Days); day <= today; day = day.AddDays(1))
        {
            var (from, to) = (AgencyCalendar.StartOf(day, zone), AgencyCalendar.StartOf(day.AddDays(1), zone));
            days.Add(new DayCount(
                day,
                await CountAsync(db, MailState.Sent, from, to, cancellationToken),
                await CountAsync(db, MailState.Failed, from, to, cancellationToken)));
        }

        return days;
    }

    private static IQueryable<OutgoingMail> Failed(DashboardDbContext db, MailKind? kind, string? searchText)
    {
        var failed = db.OutgoingMails.Where(mail => mail.State == MailState.Failed && (kind == null || mail.Kind == kind));
        if (string.IsNullOrWhiteSpace(searchText))
        {
            return failed;
        }

        var pattern = $"%{Escape(searchText.Trim())}%";
        return failed.Where(mail => EF.Functions.Like(mail.Recipient, pattern, EscapeCharacter)
            || EF.Functions.Like(mail.Reason, pattern, EscapeCharacter)
            || db.ApiKeys.Any(key => key.Id == mail.ApiKeyId && EF.Functions.Like(key.Label, pattern, EscapeCharacter)));
    }

    private static Task<int> CountAsync(DashboardDbContext db, MailState state, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        db.OutgoingMails.CountAsync(mail => mail.State == state && mail.SettledAt >= from && mail.SettledAt < to, cancellationToken);

    private static string Escape(string text) => text
        .Replace(EscapeCharacter, EscapeCharacter + EscapeCharacter, StringComparison.Ordinal)
        .Replace("%", $"{EscapeCharacter}%", StringComparison.Ordinal)
        .Replace("_", $"{EscapeCharacter}_", StringComparison.Ordinal);
}
