using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using SQLitePCL;

namespace PostmanDashboard.ApiKeys.Bearer.Cache;

/// <summary>
/// Asks the database what has changed about keys since the last time. While nothing is written, that is one look into SQLite's shared memory
/// (<c>PRAGMA data_version</c>, https://www.sqlite.org/pragma.html#pragma_data_version): 2 µs, and nothing on the heap. It sees what any other
/// connection of any process has committed; this one only reads.
/// </summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class KeyChangeLog(IDbContextFactory<DashboardDbContext> databases) : IDisposable
{
    private SqliteConnection? connection;
    private sqlite3_stmt? question;
    private long version;

    /// <summary>The last change that <see cref="TryRead"/> returned.</summary>
    public ChangePosition Position { get; private set; }

    /// <param name="changed">The tokens whose keys have changed. Null when that can't be known: assume all of them.</param>
    /// <returns>False when nothing has changed.</returns>
    /// <exception cref="SqliteException">The database can't be read. The next call returns what has changed since.</exception>
    public bool TryRead(out IReadOnlyList<TokenHash>? changed)
    {
        changed = [];
        try
        {
            Open();
            var current = ReadVersion();
            if (current == version)
            {
                return false;
            }

            changed = ReadChanges();
            version = current;
            return true;
        }
        catch (SqliteException)
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        question?.Dispose();
        connection?.Dispose();
        (question, connection, version) = (null, null, 0);
    }

    private void Open()
    {
        if (connection is not null)
        {
            return;
        }

        using var db = databases.CreateDbContext();
        // A connection of its own: the pragma tells of what others have committed.
        var settings = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        connection = new SqliteConnection(settings.ToString());
        connection.Open();
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, "PRAGMA data_version", out question), connection.Handle);
    }

    private long ReadVersion()
    {
        var answer = raw.sqlite3_step(question);
        var current = raw.sqlite3_column_int64(question, 0);
        raw.sqlite3_reset(question);
        if (answer != raw.SQLITE_ROW)
        {
            SqliteException.ThrowExceptionForRC(answer, connection!.Handle);
        }

        return current;
    }

    private List<TokenHash>? ReadChanges()
    {
        using var command = connection!.CreateCommand();
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
