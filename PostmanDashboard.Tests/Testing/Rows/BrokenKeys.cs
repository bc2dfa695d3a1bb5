using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>Makes every question about keys fail, as with a broken database, until it is mended.</summary>
public static class BrokenKeys
{
    public static async Task BreakKeysAsync(this IDbContextFactory<DashboardDbContext> databases)
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync($"ALTER TABLE ApiKeys RENAME TO Away");
    }

    public static async Task MendKeysAsync(this IDbContextFactory<DashboardDbContext> databases)
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync($"ALTER TABLE Away RENAME TO ApiKeys");
    }
}
