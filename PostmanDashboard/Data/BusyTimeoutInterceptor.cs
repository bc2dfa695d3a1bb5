using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PostmanDashboard.Data;

/// <summary>Lets SQLite itself wait for another writer, in steps of milliseconds; the provider's own retry sleeps 150 ms at a time.</summary>
internal sealed class BusyTimeoutInterceptor : DbConnectionInterceptor
{
    // The other two are how SQLite is built here. What is promised about a power cut and about rows that belong together hangs on them.
    private const string Pragma = "PRAGMA busy_timeout = 15000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
