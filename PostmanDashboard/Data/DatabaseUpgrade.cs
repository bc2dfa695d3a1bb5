using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data.Storage;

namespace PostmanDashboard.Data;

/// <summary>A feature's own part of an upgrade, after the migrations: what SQL can't do. Safe to repeat.</summary>
public delegate Task UpgradeRows(DashboardDbContext db, CancellationToken cancellationToken);

/// <summary>Brings the database to the newest migration: in a copy, which then takes its place. Whenever the process dies, the
/// file is whole, old or new.</summary>
/// <remarks>SQLite changes a table by making another one, and not all of that within one transaction.</remarks>
public sealed class DatabaseUpgrade(
    IDbContextFactory<DashboardDbContext> databases,
    DbContextOptions<DashboardDbContext> options,
    IEnumerable<UpgradeRows> features,
    StorageFolder storage,
    ILogger<DatabaseUpgrade> logger)
{
    private string Original => storage.RealDatabaseFile;

    private string Copy => $"{Original}.upgrade";

    /// <summary>Safe to call at every start. Nothing is done to a database that is up to date.</summary>
    /// <exception cref="SqliteException">The file can't be opened or written.</exception>
    /// <exception cref="IOException">Another process uses the database, or a newer version has written it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var from = applied.LastOrDefault();
        if (applied.Except(db.Database.GetMigrations()).Any())
        {
            throw new IOException($"{storage.DatabaseFile} was written by a newer version of this program. Start that one, or put a copy from before " +
                $"the upgrade in its place.");
        }

        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return;
        }

        Remove(Copy);
        if (File.Exists(Original))
        {
            await CopyAsync(db, cancellationToken);
        }

        await MigrateCopyAsync(cancellationToken);
        KeepMode();
        File.Move(Copy, Original, overwrite: true);
        if (from is not null)
        {
            logger.LogInformation("The database was upgraded from version {From} to {To}", from, db.Database.GetMigrations().Last());
        }
    }

    private async Task CopyAsync(DashboardDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {Copy}", cancellationToken);
        // The last to close a database writes its log back and removes it. A log that stays is someone else's.
#pragma warning disable RS0030 // To close it.
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
#pragma warning restore RS0030
        if (File.Exists($"{Original}-wal"))
        {
            throw new IOException($"another process uses {storage.DatabaseFile}. Stop it first: the database is about to be upgraded.");
        }
    }

    private async Task MigrateCopyAsync(CancellationToken cancellationToken)
    {
        var copy = new SqliteConnectionStringBuilder { DataSource = Copy, Pooling = false }.ToString();
        // Not one of the pool, which are all of the original.
        await using var db = new DashboardDbContext(new DbContextOptionsBuilder<DashboardDbContext>(options).UseSqlite(copy).Options);
        await db.Database.MigrateAsync(cancellationToken);
        foreach (var upgrade in features)
        {
            await upgrade(db, cancellationToken);
        }

        await StoredTextCleanUp.CleanAsync(db, cancellationToken);
        // As EF makes a new database; a copy by VACUUM is set back to SQLite's own default.
        await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);
    }

    /// <summary>The file is read by whoever read it before: at first by this user alone, wherever the folder is, for it holds the
    /// keys that protect cookies.</summary>
    private void KeepMode()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Copy, File.Exists(Original) ? File.GetUnixFileMode(Original) : UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static void Remove(string file)
    {
        foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm", $"{file}-journal" })
        {
            File.Delete(part);
        }
    }
}
