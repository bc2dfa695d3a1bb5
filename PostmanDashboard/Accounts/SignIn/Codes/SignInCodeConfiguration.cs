using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.Accounts.SignIn.Codes;

internal sealed class SignInCodeConfiguration : IEntityTypeConfiguration<SignInCode>
{
    public void Configure(EntityTypeBuilder<SignInCode> code)
    {
        code.Property(c => c.Email).HasMaxLength(254);
        code.Property(c => c.NormalizedEmail).HasMaxLength(254);
        code.Property(c => c.Network).HasMaxLength(45);
        code.HasIndex(c => c.FlowHash).IsUnique();
        code.HasIndex(c => c.LinkHash).IsUnique();
        code.HasIndex(c => new { c.NormalizedEmail, c.CreatedAt });
        code.HasIndex(c => new { c.Network, c.CreatedAt });
        code.ToTable(table => table.HasCheckConstraint("CK_SignInCodes_Tries", $"""
            "Tries" BETWEEN 0 AND {SignInCode.MaxTries}
            """));
    }
}
