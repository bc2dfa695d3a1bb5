using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PostmanDashboard.Shell.Logging;

namespace PostmanDashboard.Data.Storage;

/// <summary>
/// While nothing can be saved, every call, job and page fails for the same reason. The log says so once a minute, in one line with the
/// reason and how often, instead of once for each with where in the code it was.
/// </summary>
/// <remarks>It wraps the factory of all loggers, so that code that logs a failure needn't know about it.</remarks>
internal sealed class StorageErrorLog(ILoggerFactory inner, IServiceProvider services) : ILoggerFactory
{
    private readonly ILogger operators = inner.CreateLogger<StorageErrorLog>();

    public ILogger CreateLogger(string categoryName) => new Entry(this, inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    /// <returns>Whether the failure is one of those, and so was said or counted.</returns>
    private bool Takes(Exception failure)
    {
        try
        {
            // Asked for late: what they need may log as well.
            if (services.GetRequiredService<StorageDiagnosis>().Find(failure) is not { } error)
            {
                return false;
            }

            services.GetRequiredService<LogThrottle>().Write(
                operators, LogLevel.Error, $"storage: {error.Kind}", $"Nothing can be saved: {error.Why.TrimEnd('.')}");
            return true;
        }
        catch (ObjectDisposedException)
        {
            // The program has ended, and someone has still something to say, as Hangfire's threads do.
            return false;
        }
    }

    private sealed class Entry(StorageErrorLog log, ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is null || logLevel < LogLevel.Warning || !log.Takes(exception))
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}

internal static class StorageErrorLogSetup
{
    public static void AddStorageErrorLog(this IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider =>
        new StorageErrorLog(
            new LoggerFactory(
                provider.GetServices<ILoggerProvider>(),
                provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
                provider.GetRequiredService<IOptions<LoggerFactoryOptions>>(),
                provider.GetService<IExternalScopeProvider>()),
            provider)));
}
