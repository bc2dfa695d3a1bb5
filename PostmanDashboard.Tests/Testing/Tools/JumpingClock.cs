using Microsoft.Extensions.Time.Testing;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A clock that moves only when told. However far it is moved, a periodic timer that became due fires once, as on a machine that slept.</summary>
/// <remarks>FakeTimeProvider alone fires once for each period: a watch that looks every second would look sixteen million times when half a
/// year passes.</remarks>
public class JumpingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), fire => base.CreateTimer(fire, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>On a timer that fires once, and is then set for the first period that is still to come.</summary>
    private sealed class Timer : ITimer
    {
        private readonly JumpingClock clock;
        private readonly Action fired;
        private readonly ITimer once;
        private readonly Lock changing = new();
        private TimeSpan period = Timeout.InfiniteTimeSpan;
        private TimeSpan due;

        public Timer(JumpingClock clock, Action fired, Func<TimerCallback, ITimer> createOnce) =>
            (this.clock, this.fired, once) = (clock, fired, createOnce(_ => Fire()));

        // By its timestamps, which go on steadily where a test sets the clock.
        private TimeSpan Now => TimeSpan.FromTicks(clock.GetTimestamp());

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (changing)
            {
                this.period = period;
                due = Now + dueTime;
            }

            return once.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => once.Dispose();

        public ValueTask DisposeAsync() => once.DisposeAsync();

        private void Fire()
        {
            lock (changing)
            {
                if (period > TimeSpan.Zero)
                {
                    due += period * (1 + ((Now - due).Ticks / period.Ticks));
                    once.Change(due - Now, Timeout.InfiniteTimeSpan);
                }
            }

            fired();
        }
    }
}
