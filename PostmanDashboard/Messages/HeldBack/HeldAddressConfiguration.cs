using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Accounts;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Messages.HeldBack;

internal sealed class HeldAddressConfiguration : IEntityTypeConfiguration<HeldAddress>
{
    private const string OnlyHeld = "\"IsHeld\"";

    public void Configure(EntityTypeBuilder<HeldAddress> held)
    {
        held.HasOne<Account>().WithMany().HasForeignKey(h => h.AccountId).OnDelete(DeleteBehavior.Restrict);
        held.HasOne<Message>().WithMany().HasForeignKey(h => h.MessageId).OnDelete(DeleteBehavior.Restrict);
        held.HasOne<Account>().WithMany().HasForeignKey(h => h.ReleasedBy).OnDelete(DeleteBehavior.Restrict);
        held.Property(h => h.Address).HasMaxLength(EmailAddress.MaxLength);
        held.Property(h => h.NormalizedAddress).HasMaxLength(EmailAddress.MaxLength);
        held.Property(h => h.Reason).HasMaxLength(HeldAddress.ReasonMaxLength).HasConversion<VisibleTextConverter>();
        // What each send asks for.
        held.HasIndex(h => new { h.AccountId, h.NormalizedAddress }).IsUnique();
        // The lists, whose searches read nothing but these.
        held.HasIndex(h => new { h.AccountId, h.Since, h.Id, h.NormalizedAddress }, "IX_HeldAddresses_OfAccount").HasFilter(OnlyHeld);
        held.HasIndex(h => new { h.Since, h.Id, h.NormalizedAddress }, "IX_HeldAddresses_All").HasFilter(OnlyHeld);
        held.ToTable("HeldAddresses", table => table.HasCheckConstraint(
            "CK_HeldAddresses_Released", "(\"ReleasedAt\" IS NULL) = (\"ReleasedBy\" IS NULL) AND (\"IsHeld\" OR \"ReleasedAt\" IS NOT NULL)"));
    }
}
