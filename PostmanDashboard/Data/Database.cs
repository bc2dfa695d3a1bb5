using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PostmanDashboard.Data.CookieKeys;
using PostmanDashboard.Data.Storage;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Data;

public static class Database
{
    private const int SqliteConstraintUnique = 2067;

    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        builder.AddSettings<StorageOptions>(StorageOptions.Section);
        builder.Services.AddSingleton<StorageFolder>();
        builder.Services.AddSingleton<FolderLock>();
        builder.Services.AddSingleton<DatabaseUpgrade>();
        builder.Services.AddSingleton<DatabaseBackup>();
        builder.Services.AddSingleton<JournalMode>();
        builder.Services.AddSingleton<StorageDiagnosis>();
        builder.Services.AddSingleton<WriteCheck>();
        builder.Services.AddSingleton<ExplainFailure>(services => failure => Explain(services, failure));
        builder.Services.AddStorageErrorLog();
        builder.Services.AddSingleton<WriteLock>();
        builder.Services.AddPooledDbContextFactory<DashboardDbContext>((services, options) => options
            .UseSqlite(services.GetRequiredService<StorageFolder>().ConnectionString)
            .ConfigureWarnings(LeaveFailuresToCallers)
            .AddInterceptors([new BusyTimeoutInterceptor(), .. services.GetServices<IInterceptor>()]));
        builder.AddCookieKeys();
    }

    /// <summary>Makes the data folder, takes its lock, brings the database to the newest migration, and tries to write to it.
    /// Safe to call at every start.</summary>
    /// <exception cref="SqliteException">The file can't be opened or written.</exception>
    /// <exception cref="IOException">The folder can't be used, or another process uses the database that must be upgraded.</exception>
    public static async Task MigrateDatabaseAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<StorageFolder>().Create();
        app.Services.GetRequiredService<FolderLock>().Take();
        await app.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(CancellationToken.None);
        await app.Services.GetRequiredService<JournalMode>().SetAsync(CancellationToken.None);
        await app.Services.GetRequiredService<WriteCheck>().WriteAsync(CancellationToken.None);
        await app.Services.GetRequiredService<CookieKeyProtection>().ApplyAsync(CancellationToken.None);
    }

    /// <summary>What <c>backup FILE</c> does.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> BackUpAsync(this WebApplication app, string file) => app.RunCommandAsync(
        CommandLine.Backup, () => Task.FromResult(app.Services.GetRequiredService<DatabaseBackup>().Run(file)));

    /// <summary>Whether a save failed because another row already holds a value that must be unique: someone else was first.</summary>
    public static bool IsUniqueViolation(this DbUpdateException failure) =>
        failure.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique };

    private static string? Explain(IServiceProvider services, Exception failure) => failure switch
    {
        UnusableStorageException unusable => unusable.Message,
        IOException or UnauthorizedAccessException or SqliteException =>
            services.GetRequiredService<StorageFolder>().Unusable(services.GetRequiredService<StorageDiagnosis>().Explain(failure)),
        _ => null,
    };

    /// <summary>A failure comes up as an exception that says it all, and may be expected (two people took one label), so it isn't
    /// logged as an error as well.</summary>
    private static void LeaveFailuresToCallers(WarningsConfigurationBuilder warnings) => warnings.Log(
        (RelationalEventId.CommandError, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.TransactionError, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        // What the warning fears can't happen: DatabaseUpgrade works in a copy.
        (RelationalEventId.NonTransactionalMigrationOperationWarning, LogLevel.Debug));
}
