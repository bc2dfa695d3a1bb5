using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Shell.Logging;

/// <summary>
/// One line for each thing that is logged, exceptions with all their text included:
/// <c>2026-11-27T09:00:00.000Z warn PostmanDashboard.Mail.Outbox: The mail server doesn't answer</c>
/// </summary>
/// <remarks>The framework's own formatter writes several, and writes what callers sent as they sent it.</remarks>
internal sealed class LineConsoleFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{Rfc3339.Format(clock.GetUtcNow())} {InShort(logEntry.LogLevel)} {logEntry.Category}: {LogText.Escape(text)}");
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write($" | {LogText.Escape(exception.ToString())}");
        }

        textWriter.WriteLine();
    }

    private static string InShort(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
