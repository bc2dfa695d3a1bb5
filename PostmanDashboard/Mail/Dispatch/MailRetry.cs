using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Requeues failed mails, for three days more.</summary>
public sealed class MailRetry(IEnumerable<IMailFollowUp> followUps, Outbox outbox, TimeProvider clock)
{
    /// <returns>Those that failed, and whose content is still there. For a message, the content is in the message's row.</returns>
    public static IQueryable<OutgoingMail> Retryable(IQueryable<OutgoingMail> mails) =>
        mails.Where(mail => mail.State == MailState.Failed && (mail.Text != null || mail.MessageId != null));

    /// <param name="mails">Of those that carry a message, only such whose message still has its body.</param>
    /// <returns>How many were requeued.</returns>
    public async Task<int> RetryAsync(DashboardDbContext db, IQueryable<OutgoingMail> mails, CancellationToken cancellationToken)
    {
        var retryId = Guid.CreateVersion7();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = await Retryable(mails).RequeueAsync(retryId, clock.GetUtcNow(), cancellationToken);
        // Those who follow the mails hear of the ones that were moved here, whoever else moves others at this moment.
        var retried = db.OutgoingMails.RequeuedBy(retryId);
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
