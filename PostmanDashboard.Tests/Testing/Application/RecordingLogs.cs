using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>Keeps every line that is logged, whatever its level.</summary>
public sealed class RecordingLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public string Text => string.Join('\n', lines);

    /// <summary>Fails when a line holds the token, or so much of it that the rest could be guessed.</summary>
    public void AssertHoldNothingOf(string token) =>
        Assert.DoesNotContain(lines, line => line.Contains(token[5..25], StringComparison.Ordinal) || line.Contains(token[25..45], StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Recorder(RecordingLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
