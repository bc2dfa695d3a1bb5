using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Mail;

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.Property(m => m.Recipient).HasMaxLength(EmailAddress.MaxLength);
        mail.Property(m => m.NormalizedRecipient).HasMaxLength(EmailAddress.MaxLength);
        mail.Property(m => m.Subject).HasMaxLength(OutgoingMail.SubjectMaxLength).HasConversion<VisibleTextConverter>();
        mail.Property(m => m.InternetMessageId).HasMaxLength(255);
        mail.Property(m => m.Reason).HasMaxLength(OutgoingMail.ReasonMaxLength).HasConversion<VisibleTextConverter>();
        mail.Property(m => m.ErrorCode).HasMaxLength(50);
        mail.Property(m => m.OnceOnly).HasMaxLength(100);
        mail.HasIndex(m => m.OnceOnly).IsUnique();
        mail.HasIndex(m => new { m.InternetMessageId, m.NormalizedRecipient }).IsUnique();
        // Without our own mails, or SQLite takes this index for them and reads all that were ever sent.
        mail.HasIndex(m => m.MessageId).HasFilter("\"MessageId\" IS NOT NULL");
        // The dispatcher reads the few that wait, however many were ever sent: our own first, then those that carry messages.
        mail.HasIndex(m => m.DueAt).HasFilter($"\"State\" = {(int)MailState.Waiting}");
        mail.HasIndex(m => m.DueAt, "IX_OutgoingMails_DueOwn").HasFilter($"\"State\" = {(int)MailState.Waiting} AND \"MessageId\" IS NULL");
        // A retry reads back those that it has stamped.
        mail.HasIndex(m => m.RetryId).HasFilter("\"RetryId\" IS NOT NULL");
        // The clean-up reads those that it hasn't blanked yet.
        mail.HasIndex(m => m.SettledAt, "IX_OutgoingMails_WithText").HasFilter("\"Text\" IS NOT NULL");
        mail.HasIndex(m => new { m.SettledAt, m.State });
        // Our own by the day, however many messages programs send, and those of ours that failed. Without those that wait, or SQLite takes
        // this index for the dispatcher, and sorts.
        mail.HasIndex(m => new { m.State, m.SettledAt }, "IX_OutgoingMails_Own").HasFilter("\"MessageId\" IS NULL AND \"SettledAt\" IS NOT NULL");
        mail.HasIndex(m => m.SettledAt, "IX_OutgoingMails_Failed").HasFilter($"\"State\" = {(int)MailState.Failed}");
        mail.HasIndex(m => new { m.ApiKeyId, m.NormalizedRecipient, m.CreatedAt });
        mail.ToTable(table =>
        {
            table.HasCheckConstraint(
                "CK_OutgoingMails_Settled",
                $"(\"State\" = {(int)MailState.Waiting}) = (\"SettledAt\" IS NULL) "
                + $"AND (\"State\" <> {(int)MailState.Waiting} OR \"Text\" IS NOT NULL OR \"MessageId\" IS NOT NULL)");
            table.HasCheckConstraint("CK_OutgoingMails_CancelReason", $"(\"State\" = {(int)MailState.Cancelled}) = (\"CancelReason\" IS NOT NULL)");
        });
    }
}
