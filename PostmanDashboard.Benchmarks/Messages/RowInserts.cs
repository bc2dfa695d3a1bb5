using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PostmanDashboard.Benchmarks.Messages;

/// <summary>Inserts the rows of a message with SQLite and nothing else: prepared statements, one commit for a group, as safe from a power
/// cut as ours.</summary>
internal sealed class RowInserts : IDisposable
{
    private static readonly string[] Tables = ["Messages", "OutgoingMails"];

    private readonly SqliteConnection connection;
    private readonly List<SqliteCommand> inserts = [];

    /// <param name="accepted">A database in which the program has stored a message.</param>
    /// <param name="target">Another with the same account and key.</param>
    public RowInserts(string accepted, string target)
    {
        connection = new SqliteConnection($"Data Source={target}");
        connection.Open();
        Execute($"ATTACH '{accepted}' AS program");
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        foreach (var table in Tables)
        {
            inserts.Add(Prepare(table));
        }

        Execute("DETACH program");
    }

    public void Insert(int messages)
    {
        using var transaction = connection.BeginTransaction();
        for (var number = 0; number < messages; number++)
        {
            var (message, mail) = (NewId(), NewId());
            Insert(inserts[0], transaction, ("$Id", message));
            Insert(inserts[1], transaction, ("$Id", mail), ("$MessageId", message), ("$InternetMessageId", $"{mail}@postman.example"));
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        inserts.ForEach(insert => insert.Dispose());
        connection.Dispose();
        SqliteConnection.ClearPool(connection);
    }

    private static string NewId() => Guid.CreateVersion7().ToString().ToUpper(CultureInfo.InvariantCulture);

    private static void Insert(SqliteCommand insert, SqliteTransaction transaction, params (string Name, string Value)[] values)
    {
        insert.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            insert.Parameters[name].Value = value;
        }

        insert.ExecuteNonQuery();
    }

    /// <summary>An insertion of the newest row that the program stored.</summary>
    private SqliteCommand Prepare(string table)
    {
        using var select = connection.CreateCommand();
        var names = ColumnsOf(table);
        var columns = string.Join(", ", names.Select(name => $"\"{name}\""));
        select.CommandText = $"SELECT {columns} FROM program.{table} ORDER BY rowid DESC LIMIT 1";
        using var row = select.ExecuteReader();
        row.Read();
        var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", names.Select(name => $"${name}"))})";
        for (var column = 0; column < names.Count; column++)
        {
            insert.Parameters.AddWithValue($"${names[column]}", row.GetValue(column));
        }

        return insert;
    }

    /// <summary>Without those that are computed.</summary>
    private List<string> ColumnsOf(string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
