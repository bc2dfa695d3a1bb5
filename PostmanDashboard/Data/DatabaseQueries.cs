using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace PostmanDashboard.Data;

internal static class DatabaseQueries
{
    /// <summary>What SQLite answers to a pragma, which EF has no word for.</summary>
    /// <remarks>As long as SQLite itself waits for others (<see cref="BusyTimeoutInterceptor"/>), and not again and again.</remarks>
    public static async Task<object?> AskAsync(this DatabaseFacade database, string pragma, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // Pragmas belong to the file and to nobody's session.
        await using var command = database.GetDbConnection().CreateCommand();
#pragma warning restore RS0030
        command.CommandText = pragma;
        command.CommandTimeout = 1;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
