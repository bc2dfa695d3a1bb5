using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using SQLitePCL;

namespace PostmanDashboard.ApiKeys.Bearer.Cache;

/// <summary>
/// Notices that anything was written to the database, by any connection of any process. While nothing is, that is one look into SQLite's
/// shared memory (<c>PRAGMA data_version</c>, https://www.sqlite.org/pragma.html#pragma_data_version): 2 µs, and nothing on the heap.
/// </summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class DatabaseWatch(IDbContextFactory<DashboardDbContext> databases) : IDisposable
{
    private readonly Lock gate = new();
    private SqliteConnection? connection;
    private sqlite3_stmt? question;
    private long? handled;

    /// <param name="handle">Called when something was written since the last time that it was called without an exception.</param>
    /// <exception cref="SqliteException">The database can't be read. The next caller is told of what was written since.</exception>
    public void Look(Action handle)
    {
        lock (gate)
        {
            try
            {
                var current = Ask();
                if (current != handled)
                {
                    handle();
                    // As it was before: what was written meanwhile is noticed the next time.
                    handled = current;
                }
            }
            catch (SqliteException)
            {
                Close();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            Close();
        }
    }

    private void Close()
    {
        question?.Dispose();
        connection?.Dispose();
        (question, connection, handled) = (null, null, null);
    }

    private long Ask()
    {
        if (connection is null)
        {
            connection = WatchConnection.Open(databases);
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, "PRAGMA data_version", out question), connection.Handle);
        }

        var answer = raw.sqlite3_step(question);
        var current = raw.sqlite3_column_int64(question, 0);
        raw.sqlite3_reset(question);
        if (answer != raw.SQLITE_ROW)
        {
            SqliteException.ThrowExceptionForRC(answer, connection.Handle);
        }

        return current;
    }
}
