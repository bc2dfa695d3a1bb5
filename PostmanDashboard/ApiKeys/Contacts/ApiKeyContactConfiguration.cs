using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Contacts;

internal sealed class ApiKeyContactConfiguration : IEntityTypeConfiguration<ApiKeyContact>
{
    public void Configure(EntityTypeBuilder<ApiKeyContact> contact)
    {
        contact.ToTable("ApiKeyContacts", table => table.HasCheckConstraint(
            "CK_ApiKeyContacts_Position", $"\"Position\" BETWEEN 0 AND {ContactList.MaxCount - 1}"));
        contact.HasKey(c => new { c.ApiKeyId, c.Position });
        contact.HasIndex(c => new { c.ApiKeyId, c.NormalizedAddress }).IsUnique();
        contact.Property(c => c.Address).HasMaxLength(EmailAddress.MaxLength);
        contact.Property(c => c.NormalizedAddress).HasMaxLength(EmailAddress.MaxLength);
    }
}
