using Microsoft.Extensions.Time.Testing;

namespace PostmanDashboard.Tests.Testing;

/// <summary>A clock that moves only when told.</summary>
public static class TestClock
{
    /// <summary>Monday, 5 January 2026, 17:00 in Singapore.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Create() => new(Start);
}
