using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Data;

/// <summary>
/// Reads together what is asked for at the same time: a query costs more than its rows. As with <see cref="WriteBatcher{T}"/>, nobody waits
/// for others to come: who asks while nothing is being read is answered at once, and those who ask meanwhile are the next group.
/// </summary>
/// <param name="read">Reads what belongs to each of a group of keys. It is called again with each of them alone when it fails for the group.</param>
public sealed class ReadBatcher<TKey, TValue>(
    IDbContextFactory<DashboardDbContext> databases, Func<DashboardDbContext, IReadOnlyList<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read) : IDisposable
    where TKey : notnull
{
    private readonly ConcurrentQueue<Waiting> queue = new();
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <exception cref="KeyNotFoundException">Nothing belongs to it.</exception>
    public async Task<TValue> ReadAsync(TKey key)
    {
        var waiting = new Waiting(key);
        queue.Enqueue(waiting);
        await turn.WaitAsync();
        try
        {
            // Whoever had the turn before may have read it already.
            if (!waiting.Found.Task.IsCompleted)
            {
                await ReadQueueAsync();
            }
        }
        finally
        {
            turn.Release();
        }

        return await waiting.Found.Task;
    }

    public void Dispose() => turn.Dispose();

    private async Task ReadQueueAsync()
    {
        var group = new List<Waiting>();
        while (queue.TryDequeue(out var waiting))
        {
            group.Add(waiting);
        }

        if (group.Count > 1 && await TryReadAsync(group) is null)
        {
            return;
        }

        // Alone, or one of them can't be read: each answers for itself.
        foreach (var waiting in group)
        {
            if (await TryReadAsync([waiting]) is { } failure)
            {
                waiting.Found.SetException(failure);
            }
        }
    }

    /// <returns>Why nobody was answered; null when everybody was.</returns>
    private async Task<Exception?> TryReadAsync(IReadOnlyList<Waiting> group)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            var values = await read(db, [.. group.Select(waiting => waiting.Key).Distinct()]);
            var found = group.Select(waiting => values[waiting.Key]).ToList();
            foreach (var (position, waiting) in group.Index())
            {
                waiting.Found.SetResult(found[position]);
            }

            return null;
        }
        catch (Exception failure)
        {
            // Whoever asked gets it, and decides what it means.
            return failure;
        }
    }

    private sealed record Waiting(TKey Key)
    {
        public TaskCompletionSource<TValue> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
