using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.ApiKeys.Usage.Callers;

internal sealed class KeyCallerConfiguration : IEntityTypeConfiguration<KeyCaller>
{
    public void Configure(EntityTypeBuilder<KeyCaller> caller)
    {
        caller.HasKey(c => new { c.ApiKeyId, c.Address, c.UserAgent });
        caller.HasOne<ApiKey>().WithMany().HasForeignKey(c => c.ApiKeyId);
        caller.Property(c => c.Address).HasMaxLength(45);
        caller.Property(c => c.UserAgent).HasMaxLength(KeyCaller.UserAgentMaxLength);
        caller.HasIndex(c => c.LastSeenAt);
        caller.ToTable("KeyCallers", table => table.HasCheckConstraint(
            "CK_KeyCallers_Seen", "\"FirstSeenAt\" <= \"LastSeenAt\" AND \"Accepted\" + \"Refused\" > 0"));
    }
}
