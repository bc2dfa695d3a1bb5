using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Messages.Listing;

namespace PostmanDashboard.Messages;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Restrict);
        message.HasOne<ApiKey>().WithMany().HasForeignKey(m => m.ApiKeyId).OnDelete(DeleteBehavior.Restrict);
        message.HasMany<OutgoingMail>().WithOne().HasForeignKey(mail => mail.MessageId).OnDelete(DeleteBehavior.Restrict);
        message.HasMany(m => m.Attachments).WithOne().HasForeignKey(attachment => attachment.MessageId);
        message.Navigation(m => m.Attachments).HasField("attachments").AutoInclude(false);
        message.Property(m => m.From).HasMaxLength(Message.FromMaxLength).HasConversion<VisibleTextConverter>();
        message.Property(m => m.Recipient).HasMaxLength(EmailAddress.MaxLength);
        message.Property(m => m.NormalizedRecipient).HasMaxLength(EmailAddress.MaxLength);
        message.Property(m => m.ReplyTo).HasMaxLength(EmailAddress.MaxLength);
        message.Property(m => m.Subject).HasMaxLength(Message.SubjectMaxLength).HasConversion<VisibleTextConverter>();
        message.Property(m => m.Tag).HasMaxLength(Message.TagMaxLength).HasConversion<VisibleTextConverter>();
        message.Property<MessageDelay>(MessageDelays.Column).HasComputedColumnSql(MessageDelays.Sql(), stored: false);
        message.Property(m => m.ErrorCode).HasMaxLength(50);
        message.Property(m => m.ErrorReason).HasMaxLength(Message.ErrorMaxLength).HasConversion<VisibleTextConverter>();
        message.ToTable("Messages", table =>
        {
            table.HasCheckConstraint(
                "CK_Messages_Status",
                $"\"Status\" IN ({string.Join(", ", Enum.GetValues<MessageStatus>().Select(status => (int)status))}) "
                + $"AND (\"Status\" = {(int)MessageStatus.Sent}) = (\"SentAt\" IS NOT NULL) "
                + $"AND (\"Status\" = {(int)MessageStatus.Bounced}) = (\"ErrorCode\" IS NOT NULL)");
            // What was read of a body goes with it.
            table.HasCheckConstraint("CK_Messages_Text", "(\"Text\" IS NULL) = (\"Pictures\" IS NULL) AND (\"Body\" IS NOT NULL OR \"Text\" IS NULL)");
        });
        AddIndexes(message);
        PutBodyLast(message);
    }

    /// <remarks>
    /// What <see cref="MessageQueries"/> asks for. There are few statuses, so a list of several is each of them in order, merged: that
    /// spares indexes without a status. The columns behind the id decide nothing about the order; they are there so that filters are
    /// answered without the rows. Untagged messages cost nothing in the indexes by tag.
    /// </remarks>
    private static void AddIndexes(EntityTypeBuilder<Message> message)
    {
        message.HasIndex(m => new { m.AccountId, m.Status, m.CreatedAt, m.Id, m.ApiKeyId, m.Tag, m.NormalizedRecipient }, "IX_Messages_Created");
        message.HasIndex(
            [nameof(Message.AccountId), nameof(Message.Status), MessageDelays.Column, nameof(Message.UpdatedAt), nameof(Message.Id), nameof(Message.CreatedAt)],
            "IX_Messages_Updated");
        message.HasIndex(m => new { m.AccountId, m.Tag, m.Status, m.CreatedAt, m.Id }, "IX_Messages_TagCreated").HasFilter("\"Tag\" IS NOT NULL");
        message.HasIndex(
            [
                nameof(Message.AccountId), nameof(Message.Tag), nameof(Message.Status), MessageDelays.Column, nameof(Message.UpdatedAt), nameof(Message.Id),
                nameof(Message.CreatedAt),
            ],
            "IX_Messages_TagUpdated").HasFilter("\"Tag\" IS NOT NULL");
        message.HasIndex(m => new { m.ApiKeyId, m.AccountId, m.CreatedAt, m.Id }, "IX_Messages_ApiKey");
        // For the clean-up, which reads those that it hasn't blanked yet.
        message.HasIndex(m => m.CreatedAt, "IX_Messages_WithBody").HasFilter("\"Body\" IS NOT NULL");
    }

    /// <remarks>SQLite gets at a column by walking over those in front of it, and a body fills up to 256 pages, its text about as many: lists must
    /// not walk over those. What is computed stands nowhere.</remarks>
    private static void PutBodyLast(EntityTypeBuilder<Message> message)
    {
        var columns = message.Metadata.GetProperties()
            .Where(property => property.Name is not (nameof(Message.Body) or nameof(Message.Text) or nameof(Message.Pictures) or MessageDelays.Column))
            .ToList();
        columns.ForEach(property => property.SetColumnOrder(columns.IndexOf(property)));
    }
}
