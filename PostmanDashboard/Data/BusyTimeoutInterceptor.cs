using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace PostmanDashboard.Data;

/// <summary>Lets SQLite itself wait for another writer, in steps of milliseconds; the provider's own retry sleeps 150 ms at a time.</summary>
internal sealed class BusyTimeoutInterceptor : DbConnectionInterceptor
{
    // The other two are how SQLite is built here. What is promised about a power cut and about rows that belong together hangs on them.
    private const string Pragma = "PRAGMA busy_timeout = 15000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    // They hold for as long as the file is open, which is longer than a connection of the provider's pool: to say so each time costs as
    // much as many a query.
    private readonly ConditionalWeakTable<sqlite3, object> told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!IsTold(connection))
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragma;
            command.ExecuteNonQuery();
            Remember(connection);
        }
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!IsTold(connection))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragma;
            await command.ExecuteNonQueryAsync(cancellationToken);
            Remember(connection);
        }
    }

    private bool IsTold(DbConnection connection) => told.TryGetValue(FileOf(connection), out _);

    private void Remember(DbConnection connection) => told.AddOrUpdate(FileOf(connection), this);

    /// <summary>What SQLite itself has open.</summary>
    private static sqlite3 FileOf(DbConnection connection) => ((SqliteConnection)connection).Handle!;
}
