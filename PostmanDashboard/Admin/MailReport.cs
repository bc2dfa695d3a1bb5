using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Reminders;
using PostmanDashboard.Shell;

namespace PostmanDashboard.Admin;

/// <summary>Tells administrators how reminders and mails are doing, and lets them try failed ones again.</summary>
public sealed class MailReport(IDbContextFactory<DashboardDbContext> databases, JobRuns runs, MailRetry retry, TimeZoneInfo zone, TimeProvider clock)
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
    /// <param name="sought">A part of the recipient, the reason or the label, in whatever case. Null or empty for all.</param>
    public async Task<IReadOnlyList<FailedMail>> ListFailedAsync(MailKind? kind, string? sought, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var retryable = MailRetry.Retryable(db.OutgoingMails.StillOwed(db), db).Select(mail => mail.Id);
        var rows =
            from mail in db.OutgoingMails
            join key in db.ApiKeys on mail.ApiKeyId equals key.Id into keys
            from key in keys.DefaultIfEmpty()
            join message in db.Messages on mail.CarriedMessageId equals message.Id into messages
            from message in messages.DefaultIfEmpty()
            join account in db.Users on (Guid?)key.AccountId ?? (Guid?)message.AccountId equals (Guid?)account.Id into accounts
            from account in accounts.DefaultIfEmpty()
            where mail.State == MailState.Failed && (kind == null || mail.Kind == kind)
            select new { mail, key.Label, AccountEmail = account.Email };
        if (!string.IsNullOrWhiteSpace(sought))
        {
            var pattern = $"%{Escape(sought.Trim())}%";
            rows = rows.Where(row => EF.Functions.Like(row.mail.Recipient, pattern, EscapeCharacter)
                || EF.Functions.Like(row.mail.Reason, pattern, EscapeCharacter)
                || EF.Functions.Like(row.Label, pattern, EscapeCharacter));
        }

        return await rows.OrderByDescending(row => row.mail.SettledAt).Take(Listed).Select(row => new FailedMail(
            row.mail.Id, row.mail.Kind, row.mail.Recipient, row.mail.Subject, row.AccountEmail, row.mail.SettledAt!.Value, row.mail.Reason ?? "", retryable.Contains(row.mail.Id)))
            .ToListAsync(cancellationToken);
    }

    /// <param name="id">One mail; null for all that failed and can be sent again.</param>
    /// <returns>How many were put in line again.</returns>
    public async Task<int> RetryAsync(Guid? id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await retry.RetryAsync(db, db.OutgoingMails.Where(mail => id == null || mail.Id == id).StillOwed(db), cancellationToken);
    }

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
        var today = TimeZoneInfo.ConvertTime(now, zone);
        var midnight = new DateTimeOffset(today.Date, today.Offset);
        var days = new List<DayCount>();
        for (var day = Days - 1; day >= 0; day--)
        {
            var (from, to) = (AgencyCalendar.AddDays(midnight, -day, zone), AgencyCalendar.AddDays(midnight, 1 - day, zone));
            days.Add(new DayCount(
                DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime),
                await CountAsync(db, MailState.Sent, from, to, cancellationToken),
                await CountAsync(db, MailState.Failed, from, to, cancellationToken)));
        }

        return days;
    }

    private static Task<int> CountAsync(DashboardDbContext db, MailState state, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        db.OutgoingMails.CountAsync(mail => mail.State == state && mail.SettledAt >= from && mail.SettledAt < to, cancellationToken);

    private static string Escape(string text) => text
        .Replace(EscapeCharacter, EscapeCharacter + EscapeCharacter, StringComparison.Ordinal)
        .Replace("%", $"{EscapeCharacter}%", StringComparison.Ordinal)
        .Replace("_", $"{EscapeCharacter}_", StringComparison.Ordinal);
}
