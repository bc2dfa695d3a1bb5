using Microsoft.Data.Sqlite;

namespace PostmanDashboard.Data.Storage;

/// <summary>
/// Finds out why something could not be saved. SQLite has many errors for one cause, and doesn't pass on what the operating system said:
/// a full disk is "disk full", "I/O error" or "unable to open", as it happens. So the folder itself is tried.
/// </summary>
public sealed class StorageDiagnosis(StorageFolder storage, TimeProvider clock)
{
    // Primary result codes: https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Permission = 3;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>While something fails it fails often, and the answer stays the same for longer than this.</summary>
    private static readonly TimeSpan TriedAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock turn = new();
    private (StorageError? Error, long At)? lastTry;

    /// <returns>Null for a failure that has nothing to do with where things are stored.</returns>
    public StorageError? Find(Exception failure) => Causes(failure).Select(FindIn).FirstOrDefault(error => error is not null);

    /// <summary>The same for a failure that ended the start and is known to come from the folder, whatever it says.</summary>
    public string Explain(Exception failure) => failure is SqliteException { SqliteErrorCode: Busy or Locked }
        ? $"another program has {storage.DatabaseFile} open and keeps it locked, such as sqlite3 or a backup. End it, and start again."
        : (Find(failure) ?? TryFolder())?.Why ?? failure.Message.Split('\n')[0].TrimEnd();

    private StorageError? FindIn(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: Full } => StorageError.FullDisk,
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } damaged =>
            new StorageError(StorageErrorKind.Damaged,
                $"{storage.DatabaseFile} is damaged or not a database ({damaged.Message.TrimEnd('.')}). Put a copy back in its place."),
        SqliteException { SqliteErrorCode: Permission or ReadOnly or InputOutput or CannotOpen } unclear =>
            TryFolder() ?? new StorageError(StorageErrorKind.Other, $"{storage.DatabaseFile}: {unclear.Message}"),
        // Hangfire's file, over the library that Hangfire writes with.
        SQLite.SQLiteException { Result: SQLite.SQLite3.Result.Full } => StorageError.FullDisk,
        SQLite.SQLiteException { Result: SQLite.SQLite3.Result.IOError or SQLite.SQLite3.Result.CannotOpen or SQLite.SQLite3.Result.ReadOnly } => TryFolder(),
        UnusableStorageException unusable => unusable.Error,
        IOException broken => FolderWriteCheck.ErrorOf(broken),
        _ => null,
    };

    private StorageError? TryFolder()
    {
        lock (turn)
        {
            if (lastTry is not { } last || clock.GetElapsedTime(last.At) > TriedAgainAfter)
            {
                lastTry = last = (FolderWriteCheck.Run(storage), clock.GetTimestamp());
            }

            return last.Error;
        }
    }

    private static IEnumerable<Exception> Causes(Exception failure) => failure switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Causes).Prepend(several),
        { InnerException: { } inner } => Causes(inner).Prepend(failure),
        _ => [failure],
    };
}
