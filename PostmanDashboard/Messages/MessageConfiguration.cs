using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Messages;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Restrict);
        message.HasOne<ApiKey>().WithMany().HasForeignKey(m => m.ApiKeyId).OnDelete(DeleteBehavior.Restrict);
        message.HasMany(m => m.Attachments).WithOne().HasForeignKey(attachment => attachment.MessageId);
        message.Navigation(m => m.Attachments).HasField("attachments").AutoInclude(false);
        message.Property(m => m.From).HasMaxLength(Message.FromMaxLength);
        message.Property(m => m.Recipient).HasMaxLength(EmailAddress.MaxLength);
        message.Property(m => m.NormalizedRecipient).HasMaxLength(EmailAddress.MaxLength);
        message.Property(m => m.ReplyTo).HasMaxLength(EmailAddress.MaxLength);
        message.Property(m => m.Subject).HasMaxLength(Message.SubjectMaxLength);
        message.Property(m => m.Tag).HasMaxLength(Message.TagMaxLength);
        message.Property(m => m.ErrorCode).HasMaxLength(50);
        message.Property(m => m.ErrorReason).HasMaxLength(Message.ErrorMaxLength);
        message.HasIndex(m => new { m.AccountId, m.CreatedAt, m.Id });
        message.HasIndex(m => new { m.AccountId, m.UpdatedAt, m.Id });
        message.ToTable("Messages", table => table.HasCheckConstraint("CK_Messages_Status", $"""
            ("Status" = {(int)MessageStatus.Sent}) = ("SentAt" IS NOT NULL) AND ("Status" = {(int)MessageStatus.Bounced}) = ("ErrorCode" IS NOT NULL)
            """));
    }
}
