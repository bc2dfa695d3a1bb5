using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>Every command that was sent to the database, each once, and how SQLite means to carry it out.</summary>
public sealed partial class RecordedCommands : DbCommandInterceptor
{
    private readonly ConcurrentDictionary<string, bool> texts = new();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        texts.TryAdd(command.CommandText, true);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        texts.TryAdd(command.CommandText, true);
        return ValueTask.FromResult(result);
    }

    /// <returns>Each command that reads one of <paramref name="tables"/> from end to end, with the step of its plan that does.</returns>
    /// <param name="tables">Those that are too large for it.</param>
    /// <param name="indexes">Those of them that may be read nevertheless.</param>
    public async Task<IReadOnlyList<string>> FindScansAsync(DbContext db, IReadOnlyCollection<string> tables, IReadOnlyCollection<string> indexes)
    {
        await db.Database.OpenConnectionAsync();
        var scans = new List<string>();
        foreach (var text in texts.Keys.Where(text => Explainable().IsMatch(text) && !text.EndsWith("WHERE 0", StringComparison.Ordinal)))
        {
            // A part of a plan names a table by what the query calls it.
            var named = Named().Matches(text).Where(name => tables.Contains(name.Groups["table"].Value)).Select(name => name.Groups["name"].Value).ToHashSet();
            scans.AddRange((await PlanAsync(db, text)).Where(IsScan).Select(step => $"{step}\n{text}\n"));

            bool IsScan(string step) => Scan().Match(step) is { Success: true } scan
                && named.Contains(scan.Groups["name"].Value) && !indexes.Contains(scan.Groups["index"].Value);
        }

        return scans;
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(DbContext db, string text)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        foreach (var name in Parameter().Matches(text).Select(match => match.Value).Distinct())
        {
            command.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        }

        return await QueryPlan.StepsAsync(command);
    }

    [GeneratedRegex(@"^(-- .*\s+)*(SELECT|UPDATE|DELETE|WITH)\b")]
    private static partial Regex Explainable();

    [GeneratedRegex("\"(?<table>\\w+)\" AS \"(?<name>\\w+)\"")]
    private static partial Regex Named();

    /// <summary>Reading a whole table, or the whole of one of its indexes.</summary>
    [GeneratedRegex(@"^SCAN (?<name>\w+)( USING (COVERING )?INDEX (?<index>\w+))?")]
    private static partial Regex Scan();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
