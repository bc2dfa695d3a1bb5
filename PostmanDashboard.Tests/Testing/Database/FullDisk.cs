using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>Fails every write as SQLite does when the disk has no room left, while <see cref="IsFull"/>. Reading goes on.</summary>
public sealed class FullDisk : DbCommandInterceptor
{
    private const int SqliteFull = 13;

    private static readonly string[] Writes = ["INSERT", "UPDATE", "DELETE"];

    public bool IsFull { get; set; }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        RefuseWrite(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        RefuseWrite(command);
        return ValueTask.FromResult(result);
    }

    private void RefuseWrite(DbCommand command)
    {
        if (IsFull && Writes.Any(write => command.CommandText.StartsWith(write, StringComparison.Ordinal)))
        {
            throw new SqliteException("SQLite Error 13: 'database or disk is full'.", SqliteFull);
        }
    }
}
