using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Data.Storage;

/// <summary>
/// Copies the database into a file, also while a server writes to it: in one step of SQLite's own backup, which no writer can hold up.
/// The file is whole, checked and on the disk before it gets its name.
/// </summary>
public sealed class DatabaseBackup(StorageFolder storage)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="file">Where the copy goes. Nothing may be there: a mistaken name must not cost an older copy, or the database itself.</param>
    /// <exception cref="SqliteException">The database can't be read, or the copy can't be written.</exception>
    /// <exception cref="IOException">The copy can't be written.</exception>
    public CommandResult Run(string file)
    {
        var target = Path.GetFullPath(file);
        if (!File.Exists(storage.DatabaseFile))
        {
            return new CommandResult(false, $"There is no database at {storage.DatabaseFile}. Set Storage:Directory to the server's folder.");
        }

        if (Path.Exists(target))
        {
            return new CommandResult(false, $"{target} already exists. Name a new file, or remove that one first.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            return new CommandResult(false, $"The folder {Path.GetDirectoryName(target)} doesn't exist.");
        }

        return CopyTo(target);
    }

    private CommandResult CopyTo(string target)
    {
        var unfinished = $"{target}.{Guid.NewGuid():N}.part";
        void Remove() => File.Delete(unfinished);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Remove());
        using var stopped = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Remove());
        try
        {
            Create(unfinished);
            if (Copy(unfinished) is { } damage)
            {
                return new CommandResult(
                    false, $"The copy is damaged, so it was removed; the database is likely to be too. PRAGMA integrity_check says: {damage}");
            }

            Flush(unfinished);
            File.Move(unfinished, target, overwrite: false);
            return new CommandResult(true, $"{storage.DatabaseFile} is copied to {target}: {ByteSize.Format(new FileInfo(target).Length)}, checked.");
        }
        finally
        {
            Remove();
        }
    }

    /// <returns>What is wrong with the copy; null when nothing is.</returns>
    private string? Copy(string unfinished)
    {
        using var source = Open(storage.DatabaseFile);
        using var copy = Open(unfinished);
        source.BackupDatabase(copy);
        // One file that opens anywhere, also where nothing can be written beside it. The start puts a restored one into WAL mode.
        Ask(copy, "PRAGMA journal_mode = DELETE");
        return Ask(copy, "PRAGMA integrity_check") is { } answer and not "ok" ? answer.Split('\n')[0] : null;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        Ask(connection, "PRAGMA busy_timeout = 15000");
        return connection;
    }

    private static string? Ask(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return command.ExecuteScalar()?.ToString();
    }

    /// <summary>Before SQLite writes to it, so that nobody else can read it at any time: it holds the keys that protect cookies.</summary>
    private static void Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        new FileStream(file, options).Dispose();
    }

    private static void Flush(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }
}
