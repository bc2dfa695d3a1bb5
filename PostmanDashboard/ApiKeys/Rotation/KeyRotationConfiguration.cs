using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.ApiKeys.Rotation;

internal sealed class KeyRotationConfiguration : IEntityTypeConfiguration<KeyRotation>
{
    public void Configure(EntityTypeBuilder<KeyRotation> rotation)
    {
        rotation.HasOne<ApiKey>().WithMany().HasForeignKey(r => r.OldKeyId).OnDelete(DeleteBehavior.Restrict);
        rotation.HasOne<ApiKey>().WithMany().HasForeignKey(r => r.NewKeyId).OnDelete(DeleteBehavior.Restrict);
        rotation.HasIndex(r => r.AccountId);
        // Whoever clicks twice makes one replacement.
        rotation.HasIndex(r => r.OldKeyId).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        rotation.HasIndex(r => r.NewKeyId).IsUnique();
        rotation.ToTable("KeyRotations", table =>
        {
            table.HasCheckConstraint("CK_KeyRotations_End", "(\"End\" IS NULL) = (\"EndedAt\" IS NULL)");
            table.HasCheckConstraint("CK_KeyRotations_Keys", "\"OldKeyId\" <> \"NewKeyId\"");
        });
    }
}
