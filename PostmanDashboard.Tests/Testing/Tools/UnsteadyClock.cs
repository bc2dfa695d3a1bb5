namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A clock that somebody sets: what it shows changes, and no time passes.</summary>
/// <remarks>AdjustTime of the fake clock would let timers and timestamps go along.</remarks>
public sealed class UnsteadyClock() : JumpingClock(TestClock.Start)
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public void SetForward(TimeSpan by) => ahead += by;

    public void SetBack(TimeSpan by) => ahead -= by;
}
