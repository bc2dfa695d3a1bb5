using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Rotation;

internal sealed class KeyRotationConfiguration : IEntityTypeConfiguration<KeyRotation>
{
    public void Configure(EntityTypeBuilder<KeyRotation> rotation)
    {
        rotation.HasOne<ApiKey>().WithMany().HasForeignKey(r => r.OldKeyId).OnDelete(DeleteBehavior.Restrict);
        rotation.HasOne<ApiKey>().WithMany().HasForeignKey(r => r.NewKeyId).OnDelete(DeleteBehavior.Restrict);
        rotation.Property(r => r.AutoDeleteBy).HasMaxLength(EmailAddress.MaxLength);
        rotation.HasIndex(r => r.AccountId);
        // The few that wait to delete their old key, however many there ever were.
        rotation.HasIndex(r => r.StartedAt, "IX_KeyRotations_Automatic").HasFilter("\"AutoDeleteBy\" IS NOT NULL AND \"EndedAt\" IS NULL");
        // Whoever clicks twice makes one replacement.
        rotation.HasIndex(r => r.OldKeyId).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        rotation.HasIndex(r => r.NewKeyId).IsUnique();
        rotation.ToTable("KeyRotations", table =>
        {
            table.HasCheckConstraint("CK_KeyRotations_End", "(\"End\" IS NULL) = (\"EndedAt\" IS NULL)");
            table.HasCheckConstraint(
                "CK_KeyRotations_DeleteAt", "\"DeleteAt\" IS NULL OR (\"AutoDeleteBy\" IS NOT NULL AND \"EndedAt\" IS NULL)");
            table.HasCheckConstraint("CK_KeyRotations_Keys", "\"OldKeyId\" <> \"NewKeyId\"");
        });
    }
}
