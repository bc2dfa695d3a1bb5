using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PostmanDashboard.Accounts;

namespace PostmanDashboard.Calendar;

internal sealed class CalendarFeedConfiguration : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> feed)
    {
        feed.HasKey(f => f.AccountId);
        feed.HasOne<Account>().WithOne().HasForeignKey<CalendarFeed>(f => f.AccountId);
        feed.HasIndex(f => f.SecretHash).IsUnique();
        feed.ToTable("CalendarFeeds", table => table.HasCheckConstraint("CK_CalendarFeeds_Hash", "length(\"SecretHash\") = 32"));
    }
}
