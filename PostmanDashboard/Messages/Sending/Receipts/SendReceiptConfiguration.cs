using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.Messages.Sending.Receipts;

internal sealed class SendReceiptConfiguration : IEntityTypeConfiguration<SendReceipt>
{
    public void Configure(EntityTypeBuilder<SendReceipt> receipt)
    {
        receipt.HasKey(r => new { r.AccountId, r.IdempotencyKey });
        receipt.HasOne<Message>().WithMany().HasForeignKey(r => r.MessageId);
        receipt.Property(r => r.IdempotencyKey).HasMaxLength(SendReceipt.KeyMaxLength);
        receipt.HasIndex(r => r.CreatedAt);
        receipt.ToTable("SendReceipts", table => table.HasCheckConstraint("CK_SendReceipts_Hash", "length(\"RequestHash\") = 32"));
    }
}
