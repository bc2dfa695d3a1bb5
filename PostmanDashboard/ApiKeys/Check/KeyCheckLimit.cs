namespace PostmanDashboard.ApiKeys.Check;

/// <summary>Holds each account to ten checks a minute. In memory: it remembers the checks of the last minute and nothing else.</summary>
public sealed class KeyCheckLimit(TimeProvider clock)
{
    public const int PerMinute = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<(long At, Guid AccountId)> recent = new();

    /// <returns>Null when the account may check now, and this check is counted; otherwise how long it waits for the next one.</returns>
    public TimeSpan? Take(Guid accountId)
    {
        lock (gate)
        {
            // By time that passes: a clock that is set back makes nobody wait.
            var now = clock.GetTimestamp();
            while (recent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.At, now) >= Window)
            {
                recent.Dequeue();
            }

            var own = recent.Where(check => check.AccountId == accountId).Select(check => check.At).ToList();
            if (own.Count >= PerMinute)
            {
                return Window - clock.GetElapsedTime(own[0], now);
            }

            recent.Enqueue((now, accountId));
            return null;
        }
    }
}
