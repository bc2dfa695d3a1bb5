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
    /// <summary>The most keys that are remembered, those that were used last: about 60 MB. Unknown tokens are never remembered.</summary>
    public const int Capacity = 100_000;

    private readonly Lock gate = new();
    private readonly KeyChangeLog changes;
    private readonly ConcurrentLru<TokenHash, KnownKey> known;

    public KeyCache(IDbContextFactory<DashboardDbContext> databases)
        : this(databases, Capacity)
    {
    }

    internal KeyCache(IDbContextFactory<DashboardDbContext> databases, int capacity) =>
        (changes, known) = (new KeyChangeLog(databases), new ConcurrentLru<TokenHash, KnownKey>(capacity));

    /// <summary>How many keys are remembered now.</summary>
    internal int Count => known.Count;

    /// <returns>Null when the key isn't remembered, or when the database can't say whether what is remembered still holds.</returns>
    internal KnownKey? Find(TokenHash hash)
    {
        lock (gate)
        {
            return TryForgetChanged() && known.TryGet(hash, out var key) ? key : null;
        }
    }

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
        lock (gate)
        {
            changes.Dispose();
        }
    }

    private bool TryForgetChanged()
    {
        try
        {
            if (changes.TryRead(out var changed))
            {
                Forget(changed);
            }

            return true;
        }
        catch (SqliteException)
        {
            // The caller reads from the database instead, and reports what is wrong with it.
            return false;
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
