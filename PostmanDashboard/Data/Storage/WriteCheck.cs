using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Data.Storage;

/// <summary>Tries whether something can be saved, by saving something: a file that can only be read answers every question as if all were well.</summary>
public sealed class WriteCheck(
    IDbContextFactory<DashboardDbContext> databases, StorageDiagnosis diagnosis, StorageFolder storage, TimeProvider clock, ILogger<WriteCheck> logger)
        : IDisposable
{
    /// <summary>How long an answer is good for, so that nobody who asks often makes the disk busy.</summary>
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private (StorageError? Error, long At)? last;

    /// <summary>Saves something that nobody reads.</summary>
    /// <exception cref="DbException">It could not be saved.</exception>
    /// <exception cref="UnusableStorageException">The folder can't be written.</exception>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        // A number in the file's header that is free for the application: https://www.sqlite.org/pragma.html#pragma_user_version
        var number = await db.Database.AskAsync("PRAGMA user_version", cancellationToken) is long and < int.MaxValue and var before ? before + 1 : 1;
        await db.Database.AskAsync($"PRAGMA user_version = {number}", cancellationToken);
        // A full disk may have room for that in the log of the database, but for nothing more.
        if (FolderWriteCheck.Run(storage) is { } error)
        {
            throw new UnusableStorageException(storage.Unusable(error.Why)) { Error = error };
        }
    }

    /// <returns>Why nothing can be saved; null when something was saved within the last seconds.</returns>
    public async Task<StorageError?> FindErrorAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (last is not { } known || clock.GetElapsedTime(known.At) >= Good)
            {
                last = known = (await TryAsync(cancellationToken), clock.GetTimestamp());
            }

            return known.Error;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<StorageError?> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
            return null;
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            logger.LogError(failure, "Nothing can be saved");
            return diagnosis.Find(failure) ?? new StorageError(StorageErrorKind.Other, failure.Message);
        }
    }
}
