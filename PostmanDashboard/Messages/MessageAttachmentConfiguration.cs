using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Data;

namespace PostmanDashboard.Messages;

internal sealed class MessageAttachmentConfiguration : IEntityTypeConfiguration<MessageAttachment>
{
    public void Configure(EntityTypeBuilder<MessageAttachment> attachment)
    {
        attachment.ToTable("MessageAttachments");
        attachment.HasKey(a => new { a.MessageId, a.Position });
        attachment.Property(a => a.FileName).HasMaxLength(MessageAttachment.FileNameMaxLength).HasConversion<VisibleTextConverter>();
        attachment.Property(a => a.ContentType).HasMaxLength(100);
        attachment.Property(a => a.Hash).HasMaxLength(64);
    }
}
