using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>Adds a message so many times, each a tick after the one before.</summary>
    public static async Task AddManyMessagesAsync(this DashboardDbContext db, Message first, int count)
    {
        await db.AddMessageAsync(first);
        var columns = await db.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info('Messages')").ToListAsync();
        var values = columns.Select(column => column switch
        {
            nameof(Message.Id) => "format('%s-%s-%s-%s-%s', substr(h, 1, 8), substr(h, 9, 4), substr(h, 13, 4), substr(h, 17, 4), substr(h, 21))",
            nameof(Message.CreatedAt) or nameof(Message.UpdatedAt) => $"\"{column}\" + n",
            _ => $"\"{column}\"",
        });
        // SQL of column names only: EF would take minutes for as many as some tests need.
        var sql = $"""
            INSERT INTO "Messages" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count - 1}),
                ids(n, h) AS MATERIALIZED (SELECT n, hex(randomblob(16)) FROM numbers)
            SELECT {string.Join(", ", values)} FROM ids CROSS JOIN "Messages" WHERE "Id" = @id
            """;
        await db.Database.ExecuteSqlRawAsync(sql, new SqliteParameter("@id", $"{first.Id}".ToUpperInvariant()));
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
