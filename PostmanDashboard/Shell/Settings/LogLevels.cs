namespace PostmanDashboard.Shell.Settings;

/// <summary>Finds levels of the log that there aren't. The framework itself would end the program with a stack trace.</summary>
internal static class LogLevels
{
    private const string Section = "Logging";
    private const string Levels = "LogLevel";

    /// <returns>A sentence for each; none when all is well.</returns>
    public static IEnumerable<string> FindErrors(IConfiguration configuration)
    {
        var logging = configuration.GetSection(Section);
        return logging.GetChildren().Select(provider => provider.GetSection(Levels)).Prepend(logging.GetSection(Levels))
            .SelectMany(levels => levels.GetChildren())
            .Where(level => !string.IsNullOrEmpty(level.Value) && !Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _))
            .Select(level => $"{level.Path} is “{level.Value}”, which is not a log level. Use {string.Join(", ", Enum.GetNames<LogLevel>())}.");
    }
}
