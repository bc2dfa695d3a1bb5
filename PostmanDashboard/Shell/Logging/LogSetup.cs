using Microsoft.Extensions.Logging.Console;

namespace PostmanDashboard.Shell.Logging;

internal static class LogSetup
{
    /// <summary>A line for each thing that is logged, with its time, or JSON where the settings say so
    /// (<c>Logging:Console:FormatterName</c>); never a secret.</summary>
    public static void AddLog(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LogThrottle>();
        builder.Logging.AddConsoleFormatter<LineConsoleFormatter, ConsoleFormatterOptions>();
        builder.Services.PostConfigure<LoggerFilterOptions>(SecretCategories.Silence);
    }
}
