using Microsoft.Extensions.Time.Testing;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A clock that moves only when told.</summary>
public static class TestClock
{
    /// <summary>Monday, 5 January 2026, 17:00 in Singapore.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Create() => new JumpingClock(Start);

    /// <summary>A clock that a browser can live with: it starts on the next 5 January, 17:00 in Singapore, by the machine's clock.</summary>
    /// <remarks>A browser goes by the machine's clock, and drops every cookie that has expired by it.</remarks>
    public static FakeTimeProvider CreateForBrowser()
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = Start;
        while (start < now)
        {
            start = start.AddYears(1);
        }

        return new JumpingClock(start);
    }
}
