using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Messages.HeldBack;

/// <summary>Holds back an address when a message to it bounces because it isn't there: in the transaction that marks the mail as failed.</summary>
/// <remarks>What waits for the same address already is tried as it would have been. A retry by an administrator is, too.</remarks>
public sealed class BounceFollowUp(TimeProvider clock) : IMailFollowUp
{
    public MailKind Kind => MailKind.Message;

    public Task SentAsync(DashboardDbContext db, IReadOnlyList<OutgoingMail> mails, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task FailedAsync(DashboardDbContext db, OutgoingMail mail, MailFailure failure, CancellationToken cancellationToken)
    {
        if (!MissingMailbox.IsSaidBy(failure))
        {
            return;
        }

        var messageId = mail.MessageId!.Value;
        var accountId = await db.Messages.Where(message => message.Id == messageId).Select(message => message.AccountId).SingleAsync(cancellationToken);
        var known = await db.HeldAddresses.SingleOrDefaultAsync(
            held => held.AccountId == accountId && held.NormalizedAddress == mail.NormalizedRecipient, cancellationToken);
        if (known is null)
        {
            db.HeldAddresses.Add(new HeldAddress
            {
                AccountId = accountId,
                Address = mail.Recipient,
                NormalizedAddress = mail.NormalizedRecipient,
                Since = clock.GetUtcNow(),
                Reason = failure.Reason,
                MessageId = messageId,
            });
        }
        else if (!known.IsHeld)
        {
            known.HoldAgain(messageId, failure.Reason, clock.GetUtcNow());
        }
    }

    public Task RetriedAsync(DashboardDbContext db, IQueryable<OutgoingMail> mails, CancellationToken cancellationToken) => Task.CompletedTask;
}
