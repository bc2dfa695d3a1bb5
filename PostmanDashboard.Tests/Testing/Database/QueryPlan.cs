using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>How SQLite means to answer a query.</summary>
public static class QueryPlan
{
    public static async Task<string> OfAsync<T>(DbContext db, IQueryable<T> query)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = query.CreateDbCommand();
        return string.Join('\n', await StepsAsync(command));
    }

    /// <param name="command">On an open connection, with all its parameters. It is not carried out.</param>
    public static async Task<IReadOnlyList<string>> StepsAsync(DbCommand command)
    {
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }
}
