using Microsoft.Extensions.Logging.Console;

namespace PostmanDashboard.Shell.Logging;

internal static class LogSetup
{
    /// <summary>A line for each thing that is logged, with its time, or JSON where the settings say so
    /// (<c>Logging:Console:FormatterName</c>); never a secret.</summary>
    public static void AddLog(this IServiceCollection services)
    {
        services.AddSingleton<LogThrottle>();
        services.AddLogging(logging => logging.AddConsoleFormatter<LineConsoleFormatter, ConsoleFormatterOptions>());
        services.PostConfigure<LoggerFilterOptions>(SecretCategories.Silence);
    }
}
