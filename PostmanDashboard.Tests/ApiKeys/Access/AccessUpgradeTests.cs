using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PostmanDashboard.Tests.Testing.Database;

namespace PostmanDashboard.Tests.ApiKeys.Access;

public sealed class AccessUpgradeTests : IDisposable
{
    private const string BeforeAccess = "DeleteOldKeysAfterRotations";

    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Keys_of_an_older_version_have_full_access_and_count_as_one_where_they_were_rotated()
    {
        File.Delete(database.File);
        await MigrateAsync(BeforeAccess);
        await using (var db = database.CreateDbContext())
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlAsync($"PRAGMA foreign_keys = OFF");
            foreach (var key in new[] { "A1", "A2", "A3", "B1", "B2", "C1" })
            {
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO ApiKeys (Id, AccountId, Label, NormalizedLabel, Hash, Hint, CreatedAt, ExpiresAt)
                    VALUES ({key}, 'X', {key}, {key}, randomblob(32), 'Q10SG', 0, 9)
                    """);
            }

            // Completed, ongoing, and abandoned.
            foreach (var (old, replacement, end) in new (string, string, int?)[] { ("A1", "A2", 0), ("A2", "A3", null), ("B1", "B2", 1) })
            {
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO KeyRotations (Id, AccountId, OldKeyId, NewKeyId, StartedAt, EndedAt, End, TakesOldLabel)
                    VALUES ({replacement}, 'X', {old}, {replacement}, 0, {end * 0}, {end}, 0)
                    """);
            }
        }

        await MigrateAsync(to: "SayWhatKeysMayDo");

        await using var upgraded = database.CreateDbContext();
        Assert.Equal(
            ["A1 A1 0", "A2 A1 0", "A3 A1 0", "B1 B1 0", "B2 B2 0", "C1 C1 0"],
            await upgraded.Database.SqlQuery<string>($"SELECT Id || ' ' || LineId || ' ' || Access AS Value FROM ApiKeys ORDER BY Id").ToListAsync());
    }

    private async Task MigrateAsync(string to)
    {
        await using var db = database.CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync(to);
    }
}
