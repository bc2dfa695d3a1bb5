using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Data;

public sealed class DatabaseUpgradeTests : IDisposable
{
    private const string FirstMigration = "CreateDatabase";
    private const long UsedAt = 7;

    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication application;

    public DatabaseUpgradeTests() => application = new DashboardApplication { Logs = logs };

    private string DatabaseFile => Path.Combine(application.Folder, "postman.db");

    [Fact]
    public async Task A_database_of_the_first_version_keeps_its_rows_and_becomes_the_newest()
    {
        await GoBackToTheFirstVersionAsync();

        await UpgradeAsync();

        await using var db = application.CreateDbContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal("mei@agency.gov.sg", (await db.Users.SingleAsync()).Email);
        Assert.Equal(UsedAt, (await db.ApiKeys.SingleAsync()).FirstUsedAt!.Value.UtcTicks);
        Assert.Matches($"The database was upgraded from version [0-9]+_{FirstMigration} to {db.Database.GetMigrations().Last()}", logs.Text);
        Assert.Equal(["postman.db", "postman.lock"],
            [.. Files().Order().Where(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task What_an_upgrade_that_was_cut_off_left_is_in_nobodys_way()
    {
        await GoBackToTheFirstVersionAsync();
        await File.WriteAllTextAsync($"{DatabaseFile}.upgrade", "half a database");
        await File.WriteAllTextAsync($"{DatabaseFile}.upgrade-wal", "half a log");

        await UpgradeAsync();

        await using var db = application.CreateDbContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Single(await db.Users.ToListAsync());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_as_it_is()
    {
        await using var db = application.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('99990101000000_ToCome', '99.0.0')");

        var failure = await Assert.ThrowsAsync<IOException>(UpgradeAsync);

        Assert.Contains("written by a newer version", failure.Message, StringComparison.Ordinal);
    }

    [FactNeeding(Needs.Linux)]
    [SupportedOSPlatform("linux")]
    public async Task An_upgrade_lets_nobody_else_read_the_database_than_before()
    {
        await GoBackToTheFirstVersionAsync();
        const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(DatabaseFile, OwnerAndGroup);

        await UpgradeAsync();

        Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(DatabaseFile));
    }

    [FactNeeding(Needs.Linux)]
    [SupportedOSPlatform("linux")]
    public async Task A_new_database_is_read_by_its_owner_alone()
    {
        _ = application.Services;
        SqliteConnection.ClearAllPools();
        File.Delete(DatabaseFile);

        await UpgradeAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DatabaseFile));
    }

    [Fact]
    public async Task A_database_that_someone_else_has_open_is_left_as_it_is()
    {
        await GoBackToTheFirstVersionAsync();
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "UPDATE AspNetUsers SET UserName = 'written meanwhile'";
        await command.ExecuteNonQueryAsync();

        var failure = await Assert.ThrowsAsync<IOException>(UpgradeAsync);

        Assert.Contains("another process uses", failure.Message, StringComparison.Ordinal);
        await using var db = application.CreateDbContext();
        Assert.NotEmpty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task A_link_to_the_database_stays_a_link()
    {
        await GoBackToTheFirstVersionAsync();
        var elsewhere = Path.Combine(application.Folder, "elsewhere.db");
        File.Move(DatabaseFile, elsewhere);
        File.CreateSymbolicLink(DatabaseFile, elsewhere);

        await UpgradeAsync();

        Assert.Equal(elsewhere, File.ResolveLinkTarget(DatabaseFile, returnFinalTarget: true)!.FullName);
        await using var db = application.CreateDbContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Single(await db.Users.ToListAsync());
    }

    public void Dispose()
    {
        application.Dispose();
        logs.Dispose();
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(application.Folder).Select(file => Path.GetFileName(file));

    private Task UpgradeAsync() => application.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(CancellationToken.None);

    private async Task GoBackToTheFirstVersionAsync()
    {
        _ = application.Services;
        SqliteConnection.ClearAllPools();
        File.Delete(DatabaseFile);
        await using var db = application.CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync(FirstMigration);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO AspNetUsers (Id, Email, NormalizedEmail, UserName, NormalizedUserName, CreatedAt,
                EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
            VALUES ('019AEF3E-0000-7000-8000-000000000000', 'mei@agency.gov.sg', 'MEI@AGENCY.GOV.SG', 'mei@agency.gov.sg', 'MEI@AGENCY.GOV.SG', 0,
                1, 0, 0, 0, 0)
            """);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO ApiKeys (Id, AccountId, Label, NormalizedLabel, Hash, Hint, CreatedAt, ExpiresAt, LastUsedAt)
            VALUES ('019AEF3E-0000-7000-8000-000000000001', '019AEF3E-0000-7000-8000-000000000000', 'Grants', 'GRANTS', zeroblob(32), 'Q10SG', 0, 9, {UsedAt})
            """);
        await db.Database.CloseConnectionAsync();
        SqliteConnection.ClearAllPools();
    }
}
