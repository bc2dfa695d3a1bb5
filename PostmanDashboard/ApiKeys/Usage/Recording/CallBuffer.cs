using NodaTime;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>Counts calls in memory until they are written. Bounded: only calls with real keys come here, and callers beyond a
/// bound are counted as others.</summary>
/// <remarks>One lock for all: it is held for less than a microsecond, and a call takes hundreds.</remarks>
internal sealed class CallBuffer(DateTimeZone zone)
{
    /// <summary>How many callers are told apart between two writes, of all keys together: some 15 MB at the most.</summary>
    public const int MaxCallers = 20_000;

    private readonly Lock gate = new();
    private Dictionary<Guid, KeyCallCounts> keys = [];
    private int callers;

    /// <summary>How many callers are remembered now.</summary>
    public int Callers
    {
        get
        {
            lock (gate)
            {
                return callers;
            }
        }
    }

    public void Add(KeyCall call)
    {
        var day = AgencyCalendar.DayOf(call.At, zone);
        lock (gate)
        {
            var tally = Find(call.KeyId);
            var before = tally.Callers.Count;
            tally.Add(call, day, callers < MaxCallers);
            callers += tally.Callers.Count - before;
        }
    }

    /// <summary>Takes everything out. What then can't be written must be put back.</summary>
    public IReadOnlyCollection<KeyCallCounts> Drain()
    {
        lock (gate)
        {
            var taken = keys.Values;
            (keys, callers) = ([], 0);
            return taken;
        }
    }

    public void Return(IEnumerable<KeyCallCounts> unwritten)
    {
        lock (gate)
        {
            foreach (var old in unwritten)
            {
                var tally = Find(old.KeyId);
                var others = callers - tally.Callers.Count;
                tally.Add(old, () => others + tally.Callers.Count < MaxCallers);
                callers = others + tally.Callers.Count;
            }
        }
    }

    private KeyCallCounts Find(Guid keyId)
    {
        if (!keys.TryGetValue(keyId, out var tally))
        {
            keys.Add(keyId, tally = new KeyCallCounts(keyId));
        }

        return tally;
    }
}
