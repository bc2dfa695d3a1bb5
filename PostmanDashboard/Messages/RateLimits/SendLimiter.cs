namespace PostmanDashboard.Messages.RateLimits;

/// <summary>
/// Counts the sends of each account. It may send as many at once as its limit for a second; each of them is free again after its share
/// of that second, and all of them after one second without any.
/// </summary>
/// <remarks>
/// A leaky bucket for each account. It isn't one of System.Threading.RateLimiting, because those go by the machine's clock and keep the
/// limit that they were made with. Whole numbers throughout, so that nothing is lost to rounding however many calls there are.
/// </remarks>
public sealed class SendLimiter(TimeProvider clock)
{
    private readonly Lock gate = new();

    /// <summary>One second in ticks of the clock, which is also what one send takes of a bucket: a limit of N then leaks N for each tick.</summary>
    private readonly long second = clock.TimestampFrequency;

    // Two generations, so that accounts are forgotten without looking through them: a bucket that was left alone for a second is empty.
    private Dictionary<Guid, Bucket> recent = [];
    private Dictionary<Guid, Bucket> older = [];
    private long turnedAt = clock.GetTimestamp();

    /// <summary>How many accounts take up memory: those that sent within the last two seconds in which anyone did.</summary>
    internal int Remembered => recent.Count + older.Count;

    /// <param name="perSecond">The limit of the account at this moment; it may be another one at every call.</param>
    public SendAllowance Take(Guid accountId, int perSecond)
    {
        var room = perSecond * second;
        lock (gate)
        {
            var now = clock.GetTimestamp();
            ForgetIdleAccounts(now);
            var filled = FilledAt(now, accountId, perSecond);
            var granted = filled + second <= room;
            if (granted)
            {
                filled += second;
                recent[accountId] = new Bucket(filled, now);
            }

            return new SendAllowance(granted, perSecond, (int)((room - filled) / second));
        }
    }

    private long FilledAt(long now, Guid accountId, int perSecond)
    {
        if (!recent.TryGetValue(accountId, out var bucket) && !older.TryGetValue(accountId, out bucket))
        {
            return 0;
        }

        // A bucket that became smaller is full, and no more than full: the account waits at most a second.
        var filled = Math.Min(bucket.Filled, perSecond * second);
        var passed = now - bucket.At;
        return passed >= second ? 0 : Math.Max(0, filled - passed * perSecond);
    }

    private void ForgetIdleAccounts(long now)
    {
        var passed = now - turnedAt;
        if (passed >= second)
        {
            (older, recent) = (passed >= 2 * second ? [] : recent, []);
            turnedAt = now;
        }
    }

    /// <param name="Filled">In shares of <see cref="second"/> a send.</param>
    private readonly record struct Bucket(long Filled, long At);
}
