using System.Collections.Concurrent;
using System.Data;
using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Data;

/// <summary>
/// Commits together what comes at the same time: each commit waits for the disk, which takes longer than all the rest. Nobody waits for
/// others to come: whoever finds nothing under way is committed at once, and those who come meanwhile are the next group.
/// </summary>
public sealed class GroupCommit(IDbContextFactory<DashboardDbContext> databases) : IDisposable
{
    private readonly ConcurrentQueue<Work> waiting = new();
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Does something in a transaction that keeps other writers out, and comes back when it is committed.</summary>
    /// <param name="change">
    /// Its changes to the context are saved for it. It may be called a second time, after its first changes were rolled back: when another
    /// one of the group fails.
    /// </param>
    public async Task RunAsync(Func<DashboardDbContext, Task> change)
    {
        var work = new Work(change);
        waiting.Enqueue(work);
        await turn.WaitAsync();
        try
        {
            // Whoever had the turn before may have done it already.
            if (!work.Done.Task.IsCompleted)
            {
                await CommitWaitingAsync();
            }
        }
        finally
        {
            turn.Release();
        }

        await work.Done.Task;
    }

    public void Dispose() => turn.Dispose();

    private async Task CommitWaitingAsync()
    {
        var group = new List<Work>();
        while (waiting.TryDequeue(out var work))
        {
            group.Add(work);
        }

        if (group.Count > 1 && await TryCommitAsync(group) is null)
        {
            return;
        }

        // Alone, or one of them is at fault: each answers for itself.
        foreach (var work in group)
        {
            if (await TryCommitAsync([work]) is { } failure)
            {
                work.Done.SetException(failure);
            }
        }
    }

    /// <returns>Why nothing was committed; null when everything was.</returns>
    private async Task<Exception?> TryCommitAsync(IReadOnlyList<Work> group)
    {
        try
        {
            await CommitAsync(group);
        }
        catch (Exception failure)
        {
            // Whoever asked gets it, and decides what it means.
            return failure;
        }

        foreach (var work in group)
        {
            work.Done.SetResult();
        }

        return null;
    }

    private async Task CommitAsync(IReadOnlyList<Work> group)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        foreach (var work in group)
        {
            await work.Change(db);
            // The next one sees what this one did.
            await db.SaveChangesAsync();
        }

        await transaction.CommitAsync();
    }

    private sealed record Work(Func<DashboardDbContext, Task> Change)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
