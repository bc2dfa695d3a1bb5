using BitFaster.Caching.Lru;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Bearer.Cache;

/// <summary>
/// Remembers what the database said about the keys that programs call with. Before each use it asks the database whether that still holds,
/// so what it returns is never out of date, whoever changed the key and however; code that changes a key doesn't have to know about it.
/// </summary>
public sealed class KeyCache : IDisposable
{
    /// <summary>The most keys that are remembered, those that were used last: about 50 MB. Unknown tokens are never remembered.</summary>
    public const int Capacity = 100_000;

    /// <summary>Each has a connection of its own.</summary>
    private const int MaxWatches = 16;

    /// <summary>Held while changes are handled, so that what was read before a change isn't remembered after it.</summary>
    private readonly Lock gate = new();
    private readonly KeyChangeLog changes;
    private readonly ConcurrentLru<TokenHash, KnownKey> known;
    private readonly Action forgetChanged;

    /// <summary>As many as calls run at a time, so that they don't wait for each other while nothing has changed.</summary>
    private readonly DatabaseWatch[] watches;

    public KeyCache(IDbContextFactory<DashboardDbContext> databases)
        : this(databases, Capacity)
    {
    }

    internal KeyCache(IDbContextFactory<DashboardDbContext> databases, int capacity)
    {
        (changes, known) = (new KeyChangeLog(databases), new ConcurrentLru<TokenHash, KnownKey>(capacity));
        var watchers = Math.Min(Environment.ProcessorCount, MaxWatches);
        (watches, forgetChanged) = ([.. Enumerable.Range(0, watchers).Select(_ => new DatabaseWatch(databases))], ForgetChanged);
    }

    /// <summary>How many keys are remembered now.</summary>
    internal int Count => known.Count;

    /// <returns>Null when the key isn't remembered, or when the database can't say whether what is remembered still holds.</returns>
    internal KnownKey? Find(TokenHash hash) => IsUpToDate() && known.TryGet(hash, out var key) ? key : null;

    /// <param name="readAt">The last change in the snapshot from which the key was read.</param>
    internal void Remember(TokenHash hash, KnownKey key, ChangePosition readAt)
    {
        lock (gate)
        {
            // Otherwise the key may have changed since it was read, and that change has been handled already.
            if (changes.Position == readAt)
            {
                known.AddOrUpdate(hash, key);
            }
        }
    }

    public void Dispose()
    {
        Array.ForEach(watches, watch => watch.Dispose());
        lock (gate)
        {
            changes.Dispose();
        }
    }

    /// <summary>Forgets what has changed until now.</summary>
    /// <returns>False when the database can't say what has. The caller reads from it instead, and reports what is wrong with it.</returns>
    private bool IsUpToDate()
    {
        try
        {
            watches[Thread.GetCurrentProcessorId() % watches.Length].Look(forgetChanged);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void ForgetChanged()
    {
        lock (gate)
        {
            Forget(changes.Read());
        }
    }

    private void Forget(IReadOnlyList<TokenHash>? changed)
    {
        if (changed is null)
        {
            known.Clear();
            return;
        }

        foreach (var hash in changed)
        {
            known.TryRemove(hash);
        }
    }
}
