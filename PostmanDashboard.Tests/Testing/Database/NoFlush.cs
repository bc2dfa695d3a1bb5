using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>Spares SQLite the wait for the disk at each commit: no test cuts the machine's power.</summary>
public sealed class NoFlush : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF;";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
