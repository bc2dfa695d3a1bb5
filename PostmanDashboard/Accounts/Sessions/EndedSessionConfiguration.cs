using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PostmanDashboard.Accounts.Sessions;

internal sealed class EndedSessionConfiguration : IEntityTypeConfiguration<EndedSession>
{
    public void Configure(EntityTypeBuilder<EndedSession> session)
    {
        session.Property(s => s.Id).ValueGeneratedNever();
        session.HasIndex(s => s.ForgottenAt);
    }
}
