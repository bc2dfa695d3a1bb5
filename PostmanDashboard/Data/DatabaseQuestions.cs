using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace PostmanDashboard.Data;

internal static class DatabaseQuestions
{
    /// <summary>What SQLite answers to a pragma, which EF has no word for.</summary>
    public static async Task<object?> AskAsync(this DatabaseFacade database, string pragma, CancellationToken cancellationToken)
    {
        await using var command = database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
