using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.Accounts.SignIn.Links;

internal sealed class SignInLinkConfiguration : IEntityTypeConfiguration<SignInLink>
{
    public void Configure(EntityTypeBuilder<SignInLink> link)
    {
        link.Property(l => l.Email).HasMaxLength(254);
        link.Property(l => l.MadeBy).HasMaxLength(256);
        link.HasIndex(l => l.Hash).IsUnique();
    }
}
