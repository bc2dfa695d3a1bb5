using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Data;

/// <summary>Cleans lines in the database that were stored before lines were cleaned on the way in: see <see cref="VisibleText"/>.</summary>
/// <remarks>It is done in C#, since no database knows what can be seen. Safe to repeat: nothing is done to a line that is clean.</remarks>
internal static class StoredTextCleanUp
{
    /// <summary>What SQL calls <see cref="VisibleText.Clean"/> by while it is done.</summary>
    private const string Function = "visible_text";

    public static async Task CleanAsync(DashboardDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
#pragma warning disable RS0030 // To give it a function. An upgrade is nobody's session.
        var connection = (SqliteConnection)db.Database.GetDbConnection();
#pragma warning restore RS0030
        connection.CreateFunction(Function, (string? line) => line is null ? null : VisibleText.Clean(line), isDeterministic: true);
        foreach (var property in db.Model.GetEntityTypes().SelectMany(IsLine))
        {
            await CleanAsync(db, property, cancellationToken);
        }

        await db.Database.CloseConnectionAsync();
    }

    private static IEnumerable<IProperty> IsLine(IEntityType entity) =>
        entity.GetProperties().Where(property => property.GetValueConverter() is VisibleTextConverter);

    /// <summary>One statement a column, so that the rows needn't come into memory; nearly all of them are spared the closer look.</summary>
    private static Task<int> CleanAsync(DashboardDbContext db, IProperty property, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(StatementFor(property), cancellationToken);

    /// <remarks>Of names in our own model, which can't be parameters.</remarks>
    private static string StatementFor(IProperty property)
    {
        var column = $"\"{property.GetColumnName()}\"";
        var clean = property.IsNullable ? $"nullif({Function}({column}), '')" : $"{Function}({column})";
        return $"UPDATE \"{property.DeclaringType.GetTableName()}\" SET {column} = {clean} WHERE {column} GLOB '*[^ -~]*' AND {column} <> {Function}({column})";
    }
}
