using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Reminders;

internal sealed class ReminderConfiguration : IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Reminder> reminder)
    {
        reminder.HasOne<ApiKey>().WithMany().HasForeignKey(r => r.ApiKeyId);
        reminder.HasOne<OutgoingMail>().WithMany().HasForeignKey(r => r.MailId).OnDelete(DeleteBehavior.Restrict);
        reminder.Property(r => r.Contact).HasMaxLength(EmailAddress.MaxLength);
        reminder.Property(r => r.NormalizedContact).HasMaxLength(EmailAddress.MaxLength);
        // A sweep that read a row as planned may not write it after another sweep has.
        reminder.Property(r => r.State).IsConcurrencyToken();
        reminder.HasIndex(r => new { r.ApiKeyId, r.Stage, r.NormalizedContact }).IsUnique();
        reminder.HasIndex(r => r.MailId).IsUnique();
        // What the sweep reads: only planned rows, in the order in which they are due.
        reminder.HasIndex(r => r.DueAt).HasFilter($"\"State\" = {(int)ReminderState.Planned}");
        reminder.ToTable(table =>
        {
            table.HasCheckConstraint("CK_Reminders_Stage", $"\"Stage\" BETWEEN 0 AND {(int)ReminderStage.Expired}");
            table.HasCheckConstraint("CK_Reminders_Mail", $"(\"State\" = {(int)ReminderState.Queued}) = (\"MailId\" IS NOT NULL)");
            table.HasCheckConstraint("CK_Reminders_CancelReason", $"(\"State\" = {(int)ReminderState.Cancelled}) = (\"CancelReason\" IS NOT NULL)");
        });
    }
}
