using Hangfire;
using Hangfire.Storage.SQLite;
using PostmanDashboard.Data.Storage;
using SQLite;

namespace PostmanDashboard.Jobs.History;

/// <summary>
/// The file <c>hangfire.db</c>: which jobs ran, and what became of them. It may be deleted at any time. One that is broken is set
/// aside at the start, and a new one takes its place.
/// </summary>
public sealed class HistoryFile(StorageFolder storage, FolderLock folder, ILogger<HistoryFile> logger) : IDisposable
{
    /// <summary>How long a run is remembered.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan LooksForWorkEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WaitsForOtherWriters = TimeSpan.FromSeconds(15);

    private readonly string file = storage.HistoryFile;
    private SQLiteStorage? opened;

    /// <exception cref="UnusableStorageException">The file can't be read or written.</exception>
    public JobStorage Open()
    {
        try
        {
            if (!IsSound())
            {
                Quarantine();
            }

            return opened = OpenAndTidy();
        }
        catch (SQLiteException failure)
        {
            var why = failure.Result is SQLite3.Result.Full ? "the disk is full" : failure.Message;
            throw new UnusableStorageException(
                $"It can't write to {file}: {why}. The file holds only the history of background jobs: let this user write to it, or delete it.", failure);
        }
    }

    public void Dispose() => opened?.Dispose();

    private SQLiteStorage OpenAndTidy()
    {
        var history = new SQLiteStorage(new SQLiteDbConnectionFactory(Connect), new SQLiteStorageOptions { QueuePollInterval = LooksForWorkEvery });
        try
        {
            if (folder.IsHeld)
            {
                using var connection = history.CreateAndOpenConnection();
                // By the machine's clock, as Hangfire.
                StaleHangfireRows.Clear(connection.Database, TimeProvider.System.GetUtcNow());
            }

            return history;
        }
        catch
        {
            history.Dispose();
            throw;
        }
    }

    /// <returns>False for a file that is damaged, or isn't one of Hangfire's.</returns>
    private bool IsSound()
    {
        try
        {
            if (File.Exists(file))
            {
                using var connection = Connect();
                return connection.ExecuteScalar<string>("PRAGMA quick_check(1)") == "ok";
            }

            return true;
        }
        catch (SQLiteException failure) when (failure.Result is SQLite3.Result.Corrupt or SQLite3.Result.NonDBFile)
        {
            return false;
        }
    }

    private void Quarantine()
    {
        var aside = $"{file}.broken";
        File.Move(file, aside, overwrite: true);
        File.Delete($"{file}-wal");
        File.Delete($"{file}-shm");
        logger.LogWarning("The history of background jobs was damaged, so it begins again. The old file is {File}; it isn't needed.", aside);
    }

    /// <remarks>
    /// With a mutex, because Hangfire prolongs the lock of a running job over the connection that the job's own thread uses. Without a
    /// flush for each commit: after a power cut the last runs may be missing, and nothing else is in here.
    /// </remarks>
    private SQLiteConnection Connect()
    {
        MakePrivate();
        var connection = new SQLiteConnection(file, SQLiteOpenFlags.ReadWrite | SQLiteOpenFlags.Create | SQLiteOpenFlags.FullMutex, storeDateTimeAsTicks: true)
        {
            BusyTimeout = WaitsForOtherWriters,
        };
        connection.Execute("PRAGMA synchronous = NORMAL");
        return connection;
    }

    /// <summary>Made by us rather than by SQLite, which would let others read it.</summary>
    private void MakePrivate()
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(file))
        {
            File.Open(file, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
    }
}
