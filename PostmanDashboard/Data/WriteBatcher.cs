using System.Collections.Concurrent;
using System.Data;
using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Data;

/// <summary>
/// Commits together what comes at the same time: each commit waits for the disk, which takes longer than all the rest. Nobody waits for
/// others to come: whoever finds nothing in progress is committed at once, and those who come meanwhile are the next group.
/// </summary>
/// <param name="change">
/// Does what all of a group want, in a transaction that keeps other writers out. It may be called again with each of them alone, after
/// what it did for all was rolled back: when one of the group fails.
/// </param>
public sealed class WriteBatcher<T>(IDbContextFactory<DashboardDbContext> databases, WriteLock turn, Func<DashboardDbContext, IReadOnlyList<T>, Task> change)
{
    private readonly ConcurrentQueue<Waiting> queue = new();

    /// <summary>Completes when what <paramref name="item"/> stands for is committed.</summary>
    public async Task RunAsync(T item)
    {
        var waiting = new Waiting(item);
        queue.Enqueue(waiting);
        using (await turn.AcquireAsync())
        {
            // Whoever had the turn before may have done it already.
            if (!waiting.Done.Task.IsCompleted)
            {
                await CommitQueueAsync();
            }
        }

        await waiting.Done.Task;
    }

    private async Task CommitQueueAsync()
    {
        var group = new List<Waiting>();
        while (queue.TryDequeue(out var waiting))
        {
            group.Add(waiting);
        }

        if (group.Count > 1 && await TryCommitAsync(group) is null)
        {
            return;
        }

        // Alone, or one of them failed: each answers for itself.
        foreach (var waiting in group)
        {
            if (await TryCommitAsync([waiting]) is { } failure)
            {
                waiting.Done.SetException(failure);
            }
        }
    }

    /// <returns>Why nothing was committed; null when everything was.</returns>
    private async Task<Exception?> TryCommitAsync(IReadOnlyList<Waiting> group)
    {
        try
        {
            await CommitAsync([.. group.Select(waiting => waiting.Item)]);
        }
        catch (Exception failure)
        {
            // Whoever asked gets it, and decides what it means.
            return failure;
        }

        foreach (var waiting in group)
        {
            waiting.Done.SetResult();
        }

        return null;
    }

    private async Task CommitAsync(IReadOnlyList<T> group)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        await change(db, group);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private sealed record Waiting(T Item)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
