using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.ApiKeys.Usage.Callers;

namespace PostmanDashboard.ApiKeys.Rotation;

internal sealed class GoneCallerConfiguration : IEntityTypeConfiguration<GoneCaller>
{
    public void Configure(EntityTypeBuilder<GoneCaller> caller)
    {
        caller.HasKey(c => new { c.RotationId, c.Address, c.UserAgent });
        caller.HasOne<KeyRotation>().WithMany().HasForeignKey(c => c.RotationId);
        caller.Property(c => c.Address).HasMaxLength(45);
        caller.Property(c => c.UserAgent).HasMaxLength(KeyCaller.UserAgentMaxLength);
        caller.ToTable("GoneCallers");
    }
}
