using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>How SQLite means to answer a query.</summary>
public static class QueryPlan
{
    public static async Task<string> OfAsync<T>(DbContext db, IQueryable<T> query)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = query.CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return string.Join('\n', steps);
    }
}
