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

    public static void AddDatabase(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSettings<StorageOptions>(configuration, StorageOptions.Section);
        services.AddSingleton<StorageFolder>();
        services.AddSingleton<FolderLock>();
        services.AddSingleton<DatabaseUpgrade>();
        services.AddSingleton<DatabaseBackup>();
        services.AddSingleton<JournalMode>();
        services.AddSingleton<StorageDiagnosis>();
        services.AddSingleton<WriteCheck>();
        services.AddSingleton<ExplainFailure>(provider => failure => Explain(provider, failure));
        services.AddStorageErrorLog();
        services.AddSingleton<WriteLock>();
        services.AddPooledDbContextFactory<DashboardDbContext>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<StorageFolder>().ConnectionString)
            .ConfigureWarnings(LeaveFailuresToCallers)
            .AddInterceptors([new BusyTimeoutInterceptor(), .. provider.GetServices<IInterceptor>()]));
        services.AddCookieKeys(configuration, environment);
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
