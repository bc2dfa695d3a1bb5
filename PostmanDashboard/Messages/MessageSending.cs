using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Messages;

/// <summary>Takes on messages: commits each with the mails that carry it, and has them sent.</summary>
public sealed class MessageSending(IDbContextFactory<DashboardDbContext> databases, Outbox outbox, TimeProvider clock)
{
    /// <param name="idempotency">Null when the program didn't ask for it.</param>
    public async Task<SendResult> SendAsync(VerifiedApiKey key, MessageDraft draft, Idempotency? idempotency, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var receipt = idempotency is null ? null : await FindReceiptAsync(db, key.AccountId, idempotency.Key, cancellationToken);
        if (receipt is not null && clock.GetUtcNow() - receipt.CreatedAt < Idempotency.Window)
        {
            return await RepeatAsync(db, receipt, idempotency!, cancellationToken);
        }

        var message = Add(db, key, draft);
        if (idempotency is not null)
        {
            Remember(db, receipt, idempotency, message);
        }

        await db.SaveChangesAsync(cancellationToken);
        // Whoever asked has gone by now, perhaps; a commit is quick, and half a decision is none.
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        return new SendResult.Accepted(message);
    }

    private static Task<SendReceipt?> FindReceiptAsync(DashboardDbContext db, Guid accountId, string idempotencyKey, CancellationToken cancellationToken) =>
        db.SendReceipts.SingleOrDefaultAsync(row => row.AccountId == accountId && row.IdempotencyKey == idempotencyKey, cancellationToken);

    private static async Task<SendResult> RepeatAsync(DashboardDbContext db, SendReceipt receipt, Idempotency idempotency, CancellationToken cancellationToken) =>
        receipt.RequestHash.AsSpan().SequenceEqual(idempotency.RequestHash)
            ? new SendResult.Repeated(await db.Messages.AsNoTracking().Include(message => message.Attachments)
                .SingleAsync(message => message.Id == receipt.MessageId, cancellationToken))
            : new SendResult.KeyReused();

    private Message Add(DashboardDbContext db, VerifiedApiKey key, MessageDraft draft)
    {
        var now = clock.GetUtcNow();
        var message = new Message
        {
            AccountId = key.AccountId,
            ApiKeyId = key.Id,
            From = draft.From.ToString(),
            Recipient = draft.Recipient.Text,
            NormalizedRecipient = draft.Recipient.Normalized,
            ReplyTo = draft.ReplyTo.Text,
            Cc = [.. draft.Cc.Select(address => address.Text)],
            Bcc = [.. draft.Bcc.Select(address => address.Text)],
            Subject = draft.Subject,
            Body = draft.Body,
            Classification = draft.Classification,
            Tag = draft.Tag,
            CreatedAt = now,
            UpdatedAt = now,
        };
        foreach (var (position, file) in draft.Files.Index())
        {
            message.Attach(file.ToAttachment(message.Id, position));
        }

        db.Messages.Add(message);
        // One mail for each address, so that a bad one holds up no other.
        outbox.AddCarriers(db, MailKind.Message, message.Id, message.Subject, [draft.Recipient, .. draft.Cc, .. draft.Bcc]);
        return message;
    }

    private void Remember(DashboardDbContext db, SendReceipt? outdated, Idempotency idempotency, Message message)
    {
        if (outdated is null)
        {
            db.SendReceipts.Add(new SendReceipt
            {
                AccountId = message.AccountId,
                IdempotencyKey = idempotency.Key,
                RequestHash = idempotency.RequestHash,
                MessageId = message.Id,
                CreatedAt = clock.GetUtcNow(),
            });
        }
        else
        {
            (outdated.RequestHash, outdated.MessageId, outdated.CreatedAt) = (idempotency.RequestHash, message.Id, clock.GetUtcNow());
        }
    }
}
