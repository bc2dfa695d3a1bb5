using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Usage;

/// <summary>
/// Remembers when and from where each key was last used, and writes that down every few seconds and at shutdown, so that no call waits for it.
/// </summary>
/// <remarks>One entry a key at the most. A crash loses the last few seconds, which only decorate the list of keys.</remarks>
public sealed class ApiKeyUsage : IHostedService, IDisposable
{
    /// <summary>The longest that a use waits in memory while the database can be written.</summary>
    public static readonly TimeSpan WriteAfter = TimeSpan.FromSeconds(5);

    /// <summary>How many keys are written in one transaction: other writers wait meanwhile.</summary>
    private const int BatchSize = 200;

    private readonly IDbContextFactory<DashboardDbContext> databases;
    private readonly ILogger<ApiKeyUsage> logger;
    private readonly ConcurrentDictionary<Guid, LastUse> pending = new();
    private readonly ITimer timer;
    private int scheduled;

    public ApiKeyUsage(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock, ILogger<ApiKeyUsage> logger)
    {
        (this.databases, this.logger) = (databases, logger);
        timer = clock.CreateTimer(_ => WriteUnlessBusy(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The write under way, or the last one when there is none.</summary>
    internal Task Writing { get; private set; } = Task.CompletedTask;

    /// <param name="from">Null when the connection has no address, as over a Unix socket.</param>
    public void Note(Guid keyId, DateTimeOffset at, string? from)
    {
        var use = new LastUse(at, from);
        pending.AddOrUpdate(keyId, use, (_, known) => known.At > at ? known : use);
        Schedule();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        await Writing.WaitAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Winds the timer up, unless it is already: it rests while no key is used.</summary>
    private void Schedule()
    {
        if (Interlocked.Exchange(ref scheduled, 1) == 0)
        {
            timer.Change(WriteAfter, Timeout.InfiniteTimeSpan);
        }
    }

    private void WriteUnlessBusy()
    {
        // First, so that a use from here on winds the timer up again.
        Volatile.Write(ref scheduled, 0);
        if (Writing.IsCompleted)
        {
            Writing = WriteAsync(CancellationToken.None);
        }
        else
        {
            Schedule();
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in pending.ToArray().Chunk(BatchSize))
        {
            try
            {
                await WriteAsync(batch, cancellationToken);
            }
            catch (Exception failure)
            {
                // Nothing was taken out of the memory: the next round tries again.
                logger.LogWarning(failure, "When keys were last used could not be written. {Count} keys wait for the next try.", pending.Count);
                Schedule();
                return;
            }

            foreach (var written in batch)
            {
                // Unless the key was used again meanwhile.
                pending.TryRemove(written);
            }
        }
    }

    private async Task WriteAsync(KeyValuePair<Guid, LastUse>[] batch, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var (id, use) in batch)
        {
            // Another process may have written a later use.
            await db.ApiKeys.Where(key => key.Id == id && (key.LastUsedAt == null || key.LastUsedAt < use.At)).ExecuteUpdateAsync(
                set => set.SetProperty(key => key.LastUsedAt, use.At).SetProperty(key => key.LastUsedFrom, use.From), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private readonly record struct LastUse(DateTimeOffset At, string? From);
}
