using Microsoft.Extensions.Logging.Console;

namespace PostmanDashboard.Shell.Logging;

/// <summary>How lines of the log can be written: as text or as JSON. The framework's other forms write what callers sent as they sent it.</summary>
internal static class LogFormats
{
    private const string Setting = "Logging:Console:FormatterName";

    /// <returns>A sentence, or none when all is well.</returns>
    public static IEnumerable<string> FindErrors(IConfiguration configuration)
    {
        if (configuration[Setting] is var name && name is not (LineConsoleFormatter.FormatterName or ConsoleFormatterNames.Json))
        {
            yield return $"{Setting} is “{name}”. Use {LineConsoleFormatter.FormatterName} or {ConsoleFormatterNames.Json}.";
        }
    }
}
