using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Benchmarks.ApiKeys.Reminders;

/// <summary>A database with many keys, each with one contact and all its reminders planned. Made once and kept in the temporary folder.</summary>
internal static class ManyKeys
{
    private const int KeysOfAccount = 50;

    /// <summary>The first reminder is due thirty days after the file was made.</summary>
    private static readonly TimeSpan NothingDueFor = TimeSpan.FromDays(25);

    /// <summary>Puts a copy into a folder.</summary>
    public static async Task CopyAsync(int count, BenchmarkStorage target)
    {
        using var storage = new BenchmarkStorage();
        await using var dashboard = await BenchmarkDashboard.OpenAsync(storage.Path);
        await using var db = dashboard.CreateDbContext();
        var version = (await db.Database.GetAppliedMigrationsAsync()).Last();
        var file = Path.Combine(Path.GetTempPath(), $"postman-benchmarks-{count}-keys-{version}.db");
        if (!File.Exists(file) || File.GetLastWriteTimeUtc(file) < TimeProvider.System.GetUtcNow() - NothingDueFor)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Making a database with {count:N0} keys …"));
            File.Delete(file);
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {file + ".part"}");
            Fill($"{file}.part", count);
            File.Move($"{file}.part", file);
        }

        File.Copy(file, target.DatabaseFile);
    }

    /// <summary>Lets one reminder of each of some keys be due.</summary>
    public static Task<int> MakeDueAsync(BenchmarkDashboard dashboard, int first, int count) => dashboard.ExecuteAsync(
        $"""
        UPDATE Reminders SET DueAt = {TimeProvider.System.GetUtcNow().AddMinutes(-1).UtcTicks}
        WHERE Stage = 0 AND ApiKeyId BETWEEN printf('%08X', {first}) AND printf('%08X', {first + count})
        """);

    private static void Fill(string file, int count)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.Parameters.AddWithValue("$count", count);
        command.Parameters.AddWithValue("$now", TimeProvider.System.GetUtcNow().UtcTicks);
        command.Parameters.AddWithValue("$day", TimeSpan.TicksPerDay);
        command.CommandText = $"""
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -500000;
            BEGIN;
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < $count / {KeysOfAccount})
            INSERT INTO AspNetUsers (Id, AccessFailedCount, CreatedAt, Email, EmailConfirmed, LockoutEnabled, NormalizedEmail, NormalizedUserName,
                PhoneNumberConfirmed, TwoFactorEnabled, UserName)
            SELECT printf('%08X-0000-7000-8000-000000000001', n), 0, $now, 'team' || n || '@agency.gov.sg', 1, 0, 'TEAM' || n || '@AGENCY.GOV.SG',
                'TEAM' || n || '@AGENCY.GOV.SG', 0, 0, 'team' || n || '@agency.gov.sg' FROM numbers;

            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < $count - 1)
            INSERT INTO ApiKeys (Id, AccountId, Label, NormalizedLabel, Hash, Hint, CreatedAt, ExpiresAt)
            SELECT printf('%08X-0000-7000-8000-000000000002', n), printf('%08X-0000-7000-8000-000000000001', n / {KeysOfAccount}), 'System ' || n,
                'SYSTEM ' || n, randomblob(32), 'Q10SG', $now - 120 * $day + 110 * $day / $count * n, $now + 60 * $day + 110 * $day / $count * n FROM numbers;

            INSERT INTO ApiKeyContacts (ApiKeyId, Position, Address, NormalizedAddress)
            SELECT Id, 0, 'ops@' || Hint || '.gov.sg', upper('ops@' || Hint || '.gov.sg') FROM ApiKeys;

            INSERT INTO Reminders (Id, ApiKeyId, Contact, DueAt, NormalizedContact, Stage, State)
            SELECT substr(Id, 1, 35) || (3 + stage), Id, 'ops@' || Hint || '.gov.sg', ExpiresAt - days * $day, upper('ops@' || Hint || '.gov.sg'), stage, 0
            FROM ApiKeys, (SELECT 0 AS stage, 30 AS days UNION ALL VALUES (1, 14), (2, 3), (3, 1), (4, 0));
            COMMIT;
            """;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
