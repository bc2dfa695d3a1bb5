using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.ApiKeys.Usage.Recording;

internal sealed class KeyCallDayConfiguration : IEntityTypeConfiguration<KeyCallDay>
{
    public void Configure(EntityTypeBuilder<KeyCallDay> day)
    {
        day.HasKey(d => new { d.ApiKeyId, d.Day, d.Outcome });
        day.HasOne<ApiKey>().WithMany().HasForeignKey(d => d.ApiKeyId);
        day.HasIndex(d => d.Day);
        day.ToTable("KeyCallDays", table => table.HasCheckConstraint("CK_KeyCallDays_Calls", "\"Calls\" > 0"));
    }
}
