using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.Mail.Failures;

internal sealed class RecordedFailureConfiguration : IEntityTypeConfiguration<RecordedFailure>
{
    public void Configure(EntityTypeBuilder<RecordedFailure> failure)
    {
        failure.HasOne<OutgoingMail>().WithMany().HasForeignKey(f => f.MailId).OnDelete(DeleteBehavior.Restrict);
        failure.HasIndex(f => new { f.MailId, f.FailedAt });
        failure.HasIndex(f => new { f.FailedAt, f.Kind });
        failure.ToTable("MailFailures", table => table.HasCheckConstraint(
            "CK_MailFailures_Acknowledged", "(\"AcknowledgedAt\" IS NULL) = (\"AcknowledgedBy\" IS NULL)"));
    }
}
