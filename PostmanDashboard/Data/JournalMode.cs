using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data.Storage;

namespace PostmanDashboard.Data;

/// <summary>
/// Makes sure at every start that readers don't hold up writers (WAL). The mode is part of the file, and a copy by <c>VACUUM INTO</c>, by
/// <c>backup</c> or by a dump doesn't have it. What else matters is set on each connection (<see cref="BusyTimeoutInterceptor"/>).
/// </summary>
internal sealed class JournalMode(IDbContextFactory<DashboardDbContext> databases, StorageFolder storage)
{
    /// <exception cref="UnusableStorageException">The file system doesn't allow it.</exception>
    public async Task SetAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var mode = await db.Database.AskAsync("PRAGMA journal_mode = WAL", cancellationToken) as string;
        if (mode != "wal")
        {
            throw new UnusableStorageException(
                $"{storage.DatabaseFile} can't be put into WAL mode (it stays “{mode}”), without which every reader holds up the writers. Put the " +
                    $"folder (Storage:Directory) on a local disk.");
        }
    }
}
