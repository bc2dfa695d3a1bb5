using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Puts failed mails in line again, for three days more.</summary>
public sealed class MailRetry(IEnumerable<IMailFollowUp> followUps, Outbox outbox, TimeProvider clock)
{
    /// <returns>Those that failed, and whose content is still there.</returns>
    public static IQueryable<OutgoingMail> Retryable(IQueryable<OutgoingMail> mails, DashboardDbContext db) => mails.Where(mail =>
        mail.State == MailState.Failed
        && (mail.Text != null || db.Messages.Any(message => message.Id == mail.CarriedMessageId && message.Body != null)));

    /// <returns>How many.</returns>
    public async Task<int> RetryAsync(DashboardDbContext db, IQueryable<OutgoingMail> mails, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var giveUpAt = now + Outbox.Persistence;
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var taken = await Retryable(mails, db).ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.State, MailState.Waiting)
                .SetProperty(mail => mail.SettledAt, (DateTimeOffset?)null)
                .SetProperty(mail => mail.Tries, 0)
                .SetProperty(mail => mail.DueAt, now)
                .SetProperty(mail => mail.GiveUpAt, giveUpAt),
            cancellationToken);
        // The transaction keeps others out, so these are the ones of the update, and perhaps some that were due at this very tick anyway.
        var retried = db.OutgoingMails.Where(mail => mail.State == MailState.Waiting && mail.DueAt == now && mail.Tries == 0);
        foreach (var followUp in followUps)
        {
            await followUp.RetriedAsync(db, retried, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return taken;
    }
}
