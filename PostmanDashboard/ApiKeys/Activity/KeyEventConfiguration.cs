using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Activity;

internal sealed class KeyEventConfiguration : IEntityTypeConfiguration<KeyEvent>
{
    public void Configure(EntityTypeBuilder<KeyEvent> happened)
    {
        happened.ToTable("KeyEvents", table => table.HasCheckConstraint(
            "CK_KeyEvents_Detail", $"length(\"Detail\") BETWEEN 1 AND {KeyEvent.DetailMaxLength}"));
        happened.HasOne<ApiKey>().WithMany().HasForeignKey(e => e.ApiKeyId).OnDelete(DeleteBehavior.Restrict);
        happened.Property(e => e.ActorName).HasMaxLength(EmailAddress.MaxLength);
        happened.Property(e => e.ActorAddress).HasMaxLength(45);
        happened.Property(e => e.Detail).HasMaxLength(KeyEvent.DetailMaxLength);
        // The newest of a key first: SQLite ends each entry of an index with the row's number, which the Id is.
        happened.HasIndex(e => e.ApiKeyId);
    }
}
