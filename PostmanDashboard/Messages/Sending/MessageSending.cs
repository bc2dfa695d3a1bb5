using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages.HeldBack;
using PostmanDashboard.Messages.Sending.Receipts;

namespace PostmanDashboard.Messages.Sending;

/// <summary>Takes on messages: commits each with the mails that carry it, and has them sent.</summary>
public sealed class MessageSending
{
    private readonly WriteBatcher<Sending> commits;
    private readonly Outbox outbox;
    private readonly TimeProvider clock;

    public MessageSending(IDbContextFactory<DashboardDbContext> databases, WriteLock turn, Outbox outbox, TimeProvider clock)
    {
        (this.outbox, this.clock) = (outbox, clock);
        commits = new WriteBatcher<Sending>(databases, turn, SendAsync);
    }

    /// <param name="idempotency">Null when the program didn't ask for it.</param>
    public async Task<SendResult> SendAsync(VerifiedApiKey key, MessageDraft draft, Idempotency? idempotency, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sending = new Sending(key, draft, idempotency);
        await commits.RunAsync(sending);
        outbox.Wake();
        return sending.Result!;
    }

    private async Task SendAsync(DashboardDbContext db, IReadOnlyList<Sending> group)
    {
        foreach (var ofAccount in group.GroupBy(sending => sending.Key.AccountId))
        {
            // In the transaction: whatever bounced before it counts, and whatever bounces after it comes too late for these.
            var held = await HeldRecipients.ReadAsync(db, ofAccount.Key, ofAccount.Select(sending => sending.Draft));
            foreach (var sending in ofAccount)
            {
                sending.Result = await SendAsync(db, sending, held);
                // The next one sees what this one did.
                await db.SaveChangesAsync();
            }
        }
    }

    private async Task<SendResult> SendAsync(DashboardDbContext db, Sending sending, IReadOnlyList<HeldAddress> held)
    {
        var (key, draft, idempotency) = sending;
        var receipt = idempotency is null ? null : await FindReceiptAsync(db, key.AccountId, idempotency.Key);
        if (receipt is not null && clock.GetUtcNow() - receipt.CreatedAt < Idempotency.Window)
        {
            return Repeat(receipt, idempotency!);
        }

        var heldBack = held.Where(address => draft.Everyone.Any(one => one.Normalized == address.NormalizedAddress)).ToList();
        if (heldBack.Count > 0)
        {
            return new SendResult.HeldBack(heldBack);
        }

        var message = Add(db, key, draft);
        if (idempotency is not null)
        {
            Remember(db, receipt, idempotency, message);
        }

        return new SendResult.Accepted(message);
    }

    private static Task<SendReceipt?> FindReceiptAsync(DashboardDbContext db, Guid accountId, string idempotencyKey) =>
        db.SendReceipts.SingleOrDefaultAsync(row => row.AccountId == accountId && row.IdempotencyKey == idempotencyKey);

    private static SendResult Repeat(SendReceipt receipt, Idempotency idempotency) =>
        receipt.RequestHash.AsSpan().SequenceEqual(idempotency.RequestHash)
            ? new SendResult.Repeated(receipt.MessageId)
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
            Body = draft.Body.Html,
            Text = draft.Body.Text,
            Pictures = draft.Body.Pictures,
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
        outbox.AddForMessage(db, MailKind.Message, message.Id, message.Subject, draft.Everyone);
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

    private sealed record Sending(VerifiedApiKey Key, MessageDraft Draft, Idempotency? Idempotency)
    {
        public SendResult? Result { get; set; }
    }
}
