using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.ApiKeys.Reminders.Timeline;

/// <summary>The past and upcoming reminders of a key, and those that failed; for its owner.</summary>
public sealed class KeyTimelines(IDbContextFactory<DashboardDbContext> databases, MailRetry retry, TimeProvider clock)
{
    /// <returns>Null when the account has no such key, or has deleted it.</returns>
    public async Task<KeyTimeline?> FindAsync(Guid accountId, Guid apiKeyId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == apiKeyId, cancellationToken);
        if (key is null)
        {
            return null;
        }

        var reminders = await (
            from reminder in db.Reminders
            join mail in db.OutgoingMails on reminder.MailId equals mail.Id into mails
            from mail in mails.DefaultIfEmpty()
            where reminder.ApiKeyId == apiKeyId
            orderby reminder.DueAt, reminder.Contact
            select new { Reminder = reminder, Mail = mail }).AsNoTracking().ToListAsync(cancellationToken);
        var tests = await db.OutgoingMails.AsNoTracking().Where(mail => mail.ApiKeyId == apiKeyId && mail.Kind == MailKind.Test)
            .OrderByDescending(mail => mail.CreatedAt).ToListAsync(cancellationToken);
        // The mails of one test are written within moments, tests an hour apart.
        var newestTest = tests.Where(mail => tests[0].CreatedAt - mail.CreatedAt < ContactTestMail.Pause / 2).OrderBy(mail => mail.Recipient);
        var retryable = await MailRetry.Retryable(db.OutgoingMails.Where(mail => mail.ApiKeyId == apiKeyId).StillDue(db, clock.GetUtcNow()))
            .Select(mail => mail.Id).ToListAsync(cancellationToken);
        return new KeyTimeline(
            key.CreatedAt,
            key.ExpiresAt,
            [.. reminders.GroupBy(row => row.Reminder.Stage).OrderBy(rows => rows.Key).Select(rows => new TimelineStage(
                rows.Key, rows.First().Reminder.DueAt, [.. rows.Select(row => TimelineEntry.Of(row.Reminder, row.Mail, retryable))]))],
            [.. newestTest.Select(mail => TimelineEntry.Of(mail, retryable))]);
    }

    /// <summary>Requeues a failed mail about a key of the account.</summary>
    /// <returns>False when there is no such mail, or it didn't fail, or its body isn't kept any more, or it is no longer due.</returns>
    public async Task<bool> RetryAsync(Guid accountId, Guid mailId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var own = db.OutgoingMails.Where(mail =>
            mail.Id == mailId && db.ApiKeys.OwnedBy(accountId).Any(key => key.Id == mail.ApiKeyId));
        return await retry.RetryAsync(db, own.StillDue(db, clock.GetUtcNow()), cancellationToken) > 0;
    }
}
