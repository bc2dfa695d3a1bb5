using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Bearer.Cache;

internal static class WatchConnection
{
    /// <summary>A connection of its own, which only reads: SQLite tells it of what all others have committed.</summary>
    /// <exception cref="SqliteException">The database can't be opened.</exception>
    public static SqliteConnection Open(IDbContextFactory<DashboardDbContext> databases)
    {
        using var db = databases.CreateDbContext();
        var settings = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, Mode = SqliteOpenMode.ReadWrite };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
