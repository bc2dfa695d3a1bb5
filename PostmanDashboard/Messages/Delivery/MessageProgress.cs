using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Messages.Delivery;

/// <summary>Keeps the status of messages: that of the mail to the recipient. What becomes of copies changes nothing.</summary>
public sealed class MessageProgress(TimeProvider clock) : IMailFollowUp
{
    public MailKind Kind => MailKind.Message;

    public async Task SentAsync(DashboardDbContext db, IReadOnlyList<OutgoingMail> mails, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await MessagesOf(db, mails).Where(message => message.Status != MessageStatus.Sent).ExecuteUpdateAsync(
            set => set
                .SetProperty(message => message.Status, MessageStatus.Sent)
                .SetProperty(message => message.SentAt, now)
                .SetProperty(message => message.UpdatedAt, now)
                .SetProperty(message => message.ErrorCode, (string?)null)
                .SetProperty(message => message.ErrorReason, (string?)null),
            cancellationToken);
    }

    public async Task FailedAsync(DashboardDbContext db, OutgoingMail mail, MailFailure failure, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await MessagesOf(db, [mail]).Where(message => message.Status == MessageStatus.Accepted).ExecuteUpdateAsync(
            set => set
                .SetProperty(message => message.Status, MessageStatus.Bounced)
                .SetProperty(message => message.UpdatedAt, now)
                .SetProperty(message => message.ErrorCode, failure.Code)
                .SetProperty(message => message.ErrorReason, failure.Reason),
            cancellationToken);
    }

    public async Task RetriedAsync(DashboardDbContext db, IQueryable<OutgoingMail> mails, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var messageIds = mails.Where(mail => mail.MessageId != null).Select(mail => mail.MessageId!.Value);
        // The first condition finds the few rows, the second leaves out messages of which only a copy is sent again.
        await db.Messages.Where(message => messageIds.Contains(message.Id) && message.Status == MessageStatus.Bounced
                && db.OutgoingMails.Any(mail => mail.MessageId == message.Id
                    && mail.NormalizedRecipient == message.NormalizedRecipient && mail.State == MailState.Waiting))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(message => message.Status, MessageStatus.Accepted)
                    .SetProperty(message => message.UpdatedAt, now)
                    .SetProperty(message => message.ErrorCode, (string?)null)
                    .SetProperty(message => message.ErrorReason, (string?)null),
                cancellationToken);
    }

    /// <summary>The messages whose recipient one of the mails is for.</summary>
    private static IQueryable<Message> MessagesOf(DashboardDbContext db, IReadOnlyList<OutgoingMail> mails)
    {
        var ids = mails.Select(mail => mail.Id).ToList();
        var messageIds = mails.Select(mail => mail.MessageId!.Value).Distinct().ToList();
        // The first condition finds the rows, the second leaves out those of which only a copy was sent.
        return db.Messages.Where(message => EF.Parameter(messageIds).Contains(message.Id) && db.OutgoingMails.Any(mail =>
            EF.Parameter(ids).Contains(mail.Id) && mail.MessageId == message.Id && mail.NormalizedRecipient == message.NormalizedRecipient));
    }
}
