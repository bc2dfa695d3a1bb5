using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>Messages as they stand in the database some time after a program sent them.</summary>
public static class TestMessages
{
    public const string Bounce = "550 5.1.1 No such mailbox";

    public static Message Create(
        Guid accountId, Guid apiKeyId, DateTimeOffset createdAt, string recipient = "raj@example.org", string subject = "Your receipt",
        string? tag = null, string? body = "<p>Thank you.</p>", DateTimeOffset? updatedAt = null, string[]? cc = null, string[]? bcc = null,
            MessageClassification? classification = null) => new()
            {
                AccountId = accountId,
                ApiKeyId = apiKeyId,
                From = "Grants <donotreply@postman.example>",
                Recipient = recipient,
                NormalizedRecipient = recipient.ToUpperInvariant(),
                ReplyTo = "mei@agency.gov.sg",
                Cc = cc ?? [],
                Bcc = bcc ?? [],
                Subject = subject,
                Body = body,
                Text = body is null ? null : "Thank you.\n",
                Pictures = body is null ? null : [],
                Tag = tag,
                Classification = classification,
                CreatedAt = createdAt,
                UpdatedAt = updatedAt ?? createdAt,
            };

    /// <summary>Adds a message that has come as far as <paramref name="status"/>.</summary>
    public static async Task<Message> AddMessageAsync(this DashboardDbContext db, Message message, MessageStatus status = MessageStatus.Accepted)
    {
        var row = db.Messages.Add(message);
        row.Property(m => m.Status).CurrentValue = status;
        row.Property(m => m.SentAt).CurrentValue = status == MessageStatus.Sent ? message.UpdatedAt : null;
        row.Property(m => m.ErrorCode).CurrentValue = status == MessageStatus.Bounced ? "550" : null;
        row.Property(m => m.ErrorReason).CurrentValue = status == MessageStatus.Bounced ? Bounce : null;
        await db.SaveChangesAsync();
        return message;
    }

    /// <summary>Adds the mail of a copy that has come as far as <paramref name="state"/>.</summary>
    public static async Task AddCopyAsync(this DashboardDbContext db, Message message, string address, MailState state)
    {
        var row = db.OutgoingMails.Add(new OutgoingMail
        {
            Kind = MailKind.Message,
            MessageId = message.Id,
            Recipient = address,
            NormalizedRecipient = address.ToUpperInvariant(),
            Subject = message.Subject,
            Text = null,
            Html = null,
            InternetMessageId = $"{message.Id}@postman.example",
            CreatedAt = message.CreatedAt,
            DueAt = message.CreatedAt,
            GiveUpAt = message.CreatedAt + Outbox.Persistence,
        });
        row.Property(mail => mail.State).CurrentValue = state;
        row.Property(mail => mail.SettledAt).CurrentValue = state == MailState.Waiting ? null : message.UpdatedAt;
        row.Property(mail => mail.ErrorCode).CurrentValue = state == MailState.Failed ? "550" : null;
        row.Property(mail => mail.Reason).CurrentValue = state == MailState.Failed ? Bounce : null;
        await db.SaveChangesAsync();
    }
}
