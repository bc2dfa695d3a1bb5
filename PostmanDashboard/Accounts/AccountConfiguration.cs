using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Mail.Failures;

namespace PostmanDashboard.Accounts;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.Property(a => a.Email).IsRequired();
        account.Property(a => a.NormalizedEmail).IsRequired();
        // Identity checks this in code only, where two first sign-ins at the same moment pass each other.
        account.HasIndex(a => a.NormalizedEmail).IsUnique().HasDatabaseName("EmailIndex");
        account.HasMany<RecordedFailure>().WithOne().HasForeignKey(failure => failure.AcknowledgedBy).OnDelete(DeleteBehavior.Restrict);
        account.ToTable(table => table.HasCheckConstraint("CK_AspNetUsers_MessagesPerSecond", "\"MessagesPerSecond\" > 0"));
    }
}
