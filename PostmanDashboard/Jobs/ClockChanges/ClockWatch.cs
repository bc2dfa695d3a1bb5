namespace PostmanDashboard.Jobs.ClockChanges;

/// <summary>Notices that the clock of the machine was set back, by comparing it with the time that has passed.</summary>
public sealed class ClockWatch(TimeProvider clock)
{
    /// <summary>Less is what a clock that is kept right by the network does.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private (DateTimeOffset Clock, long Timestamp) last = (clock.GetUtcNow(), clock.GetTimestamp());
    private (TimeSpan By, long Timestamp)? setBack;
    private bool isCorrected = true;

    /// <returns>By how much the clock was set back, while what follows from it isn't put right. Null otherwise.</returns>
    public TimeSpan? Look()
    {
        lock (gate)
        {
            var (now, timestamp) = (clock.GetUtcNow(), clock.GetTimestamp());
            var by = last.Clock + clock.GetElapsedTime(last.Timestamp, timestamp) - now;
            last = (now, timestamp);
            if (by > Tolerance)
            {
                Note(by);
            }

            return isCorrected ? null : setBack?.By;
        }
    }

    /// <summary>For a clock that was set back before the process began.</summary>
    public void Note(TimeSpan by)
    {
        lock (gate)
        {
            setBack = (by, clock.GetTimestamp());
            isCorrected = false;
        }
    }

    public void MarkCorrected()
    {
        lock (gate)
        {
            isCorrected = true;
        }
    }

    /// <returns>When the clock was last found set back, and by how much. Null when that didn't happen within the time given.</returns>
    public (TimeSpan By, TimeSpan Ago)? WithinLast(TimeSpan time)
    {
        lock (gate)
        {
            return setBack is { } known && clock.GetElapsedTime(known.Timestamp) is var ago && ago <= time ? (known.By, ago) : null;
        }
    }
}
