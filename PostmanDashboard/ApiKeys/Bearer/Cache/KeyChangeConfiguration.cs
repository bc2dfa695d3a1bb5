using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.ApiKeys.Bearer.Cache;

internal sealed class KeyChangeConfiguration : IEntityTypeConfiguration<KeyChange>
{
    public void Configure(EntityTypeBuilder<KeyChange> change)
    {
        change.HasKey(c => c.Sequence);
        change.Property(c => c.Sequence).ValueGeneratedOnAdd();
        change.ToTable("KeyChanges", table => table.HasCheckConstraint("CK_KeyChanges_Hash", "length(\"Hash\") = 32"));
    }
}
