using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Data;

/// <summary>Brings the database to the newest migration: in a copy, which then takes its place. Whenever the process dies, the file is whole, old or new.</summary>
/// <remarks>SQLite changes a table by making another one, and not all of that within one transaction.</remarks>
public sealed class DatabaseUpgrade(IDbContextFactory<DashboardDbContext> databases, StorageFolder storage)
{
    /// <summary>The file itself, where the name in the folder only leads to it.</summary>
    private string Original => new FileInfo(storage.DatabaseFile) is { LinkTarget: not null } link
        ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
        : storage.DatabaseFile;

    private string Copy => $"{Original}.upgrade";

    /// <summary>Safe to call at every start. Nothing is done to a database that is up to date.</summary>
    /// <exception cref="SqliteException">The file can't be opened or written.</exception>
    /// <exception cref="IOException">Another process uses the database.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return;
        }

        Remove(Copy);
        if (File.Exists(Original))
        {
            await CopyAsync(db, cancellationToken);
        }

        await MigrateCopyAsync(db, cancellationToken);
        File.Move(Copy, Original, overwrite: true);
    }

    private async Task CopyAsync(DashboardDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {Copy}", cancellationToken);
        // The last to close a database writes its log back and removes it. A log that stays is somebody else's.
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        if (File.Exists($"{Original}-wal"))
        {
            throw new IOException($"another process uses {storage.DatabaseFile}. Stop it first: the database is about to be brought to a new version.");
        }
    }

    private async Task MigrateCopyAsync(DashboardDbContext db, CancellationToken cancellationToken)
    {
        db.Database.SetConnectionString(new SqliteConnectionStringBuilder { DataSource = Copy, Pooling = false }.ToString());
        await db.Database.MigrateAsync(cancellationToken);
        // As EF makes a new database; a copy by VACUUM is set back to SQLite's own default.
        await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);
        await db.Database.CloseConnectionAsync();
    }

    private static void Remove(string file)
    {
        foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm", $"{file}-journal" })
        {
            File.Delete(part);
        }
    }
}
