using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Failures;

/// <summary>Which mails are failed, and what was acknowledged of them.</summary>
public static class RecordedFailures
{
    /// <summary>Those whose last failure nobody has acknowledged.</summary>
    public static IQueryable<OutgoingMail> Unacknowledged(this IQueryable<OutgoingMail> failed, DashboardDbContext db) => failed.Where(mail =>
        !db.MailFailures.Any(failure => failure.MailId == mail.Id && failure.FailedAt == mail.SettledAt && failure.AcknowledgedAt != null));

    /// <returns>How many that nobody had acknowledged before.</returns>
    public static Task<int> AcknowledgeAsync(
        this IQueryable<OutgoingMail> failed, DashboardDbContext db, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var meant = failed.Where(mail => mail.State == MailState.Failed);
        return db.MailFailures
            .Where(failure => failure.AcknowledgedAt == null && meant.Any(mail => mail.Id == failure.MailId && mail.SettledAt == failure.FailedAt))
            .ExecuteUpdateAsync(
                set => set.SetProperty(failure => failure.AcknowledgedAt, now).SetProperty(failure => failure.AcknowledgedBy, by), cancellationToken);
    }
}
