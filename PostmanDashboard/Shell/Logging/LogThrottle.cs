namespace PostmanDashboard.Shell.Logging;

/// <summary>
/// Writes what anyone can cause, as often as they like, at most once a minute for each reason: the first time at once, and when the
/// minute is over, how many there were since. So no caller can fill the disk, and nothing goes unsaid.
/// </summary>
public sealed class LogThrottle(TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Repeats> byReason = [];

    /// <param name="reason">Names the kind of line, and is not written. A constant, so that callers can't make new ones.</param>
    /// <param name="message">A sentence without a full stop, and without a word of the caller's.</param>
    public void Write(ILogger logger, LogLevel level, string reason, string message)
    {
        lock (gate)
        {
            if (byReason.TryGetValue(reason, out var repeats))
            {
                repeats.Count++;
                return;
            }

            byReason[reason] = new Repeats(logger, level, message, clock.CreateTimer(_ => EndInterval(reason), null, Interval, Timeout.InfiniteTimeSpan));
        }

        logger.Log(level, "{Message}", message);
    }

    /// <summary>Writes what is still to be said.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var repeats in byReason.Values)
            {
                repeats.Timer.Dispose();
                repeats.WriteCount();
            }

            byReason.Clear();
        }
    }

    private void EndInterval(string reason)
    {
        lock (gate)
        {
            if (!byReason.TryGetValue(reason, out var repeats))
            {
                return;
            }

            if (repeats.Count == 0)
            {
                repeats.Timer.Dispose();
                byReason.Remove(reason);
                return;
            }

            repeats.WriteCount();
            repeats.Timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Repeats(ILogger logger, LogLevel level, string message, ITimer timer)
    {
        public ITimer Timer => timer;

        /// <summary>How many weren't written in this interval.</summary>
        public int Count { get; set; }

        public void WriteCount()
        {
            if (Count > 0)
            {
                logger.Log(level, "{Message} ({Count} more in the last minute)", message, Count);
                Count = 0;
            }
        }
    }
}
