using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Bearer.Cache;

/// <summary>Reads which keys have changed since the last time.</summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class KeyChangeLog(IDbContextFactory<DashboardDbContext> databases) : IDisposable
{
    private SqliteConnection? connection;

    /// <summary>The last change that <see cref="Read"/> returned.</summary>
    public ChangePosition Position { get; private set; }

    /// <returns>The tokens whose keys have changed. Null when that can't be known: assume all of them.</returns>
    /// <exception cref="SqliteException">The database can't be read. The next call returns what has changed since.</exception>
    public IReadOnlyList<TokenHash>? Read()
    {
        try
        {
            connection ??= WatchConnection.Open(databases);
            return ReadFrom(connection);
        }
        catch (SqliteException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        connection = null;
    }

    private List<TokenHash>? ReadFrom(SqliteConnection database)
    {
        using var command = database.CreateCommand();
        // All calls wait meanwhile. A database that is busy for longer is asked by each call for itself, which knows how to wait.
        command.CommandTimeout = 1;
        command.CommandText = "SELECT \"Sequence\", \"Stamp\", \"Hash\" FROM \"KeyChanges\" WHERE \"Sequence\" >= $from ORDER BY \"Sequence\"";
        command.Parameters.AddWithValue("$from", Position.Sequence);
        using var rows = command.ExecuteReader();
        // The change that is known already comes first. If it is gone, others may be gone too; if another has its number, the database is
        // not the one it was.
        var (isUnbroken, last, changed) = (Position == ChangePosition.Start, ChangePosition.Start, new List<TokenHash>());
        while (rows.Read())
        {
            last = new ChangePosition(rows.GetInt64(0), rows.GetInt64(1));
            if (last == Position)
            {
                isUnbroken = true;
            }
            else
            {
                changed.Add(TokenHash.From(rows.GetFieldValue<byte[]>(2)));
            }
        }

        isUnbroken &= Position != ChangePosition.Start || last.Sequence == changed.Count;
        Position = last;
        return isUnbroken ? changed : null;
    }
}
