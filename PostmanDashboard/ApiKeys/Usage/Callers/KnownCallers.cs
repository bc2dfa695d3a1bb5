namespace PostmanDashboard.ApiKeys.Usage.Callers;

/// <summary>The callers that the database knows of one key, while calls are added to them.</summary>
internal sealed class KnownCallers(Guid keyId, IEnumerable<KeyCaller> known, DateTimeOffset now)
{
    private readonly Dictionary<CallerName, KeyCaller> rows = known.ToDictionary(row => new CallerName(row.Address, row.UserAgent));
    private readonly List<KeyCaller> added = [];

    /// <summary>Those that weren't known.</summary>
    public IReadOnlyList<KeyCaller> New => added;

    /// <summary>A caller for whom there is no room counts as one of the others.</summary>
    public void Add(CallerName caller, CallerCounts calls)
    {
        var counted = rows.ContainsKey(caller) || HasRoom ? caller : CallerName.Others;
        if (rows.TryGetValue(counted, out var row))
        {
            row.FirstSeenAt = row.FirstSeenAt < calls.FirstAt ? row.FirstSeenAt : calls.FirstAt;
            // One from the future was seen before the clock was set back.
            row.LastSeenAt = row.LastSeenAt > calls.LastAt && row.LastSeenAt <= now ? row.LastSeenAt : calls.LastAt;
            row.Accepted += calls.Accepted;
            row.Refused += calls.Refused;
        }
        else
        {
            rows[counted] = Create(counted, calls);
            added.Add(rows[counted]);
        }
    }

    private bool HasRoom => rows.Count - (rows.ContainsKey(CallerName.Others) ? 1 : 0) < KeyCaller.MaxPerKey;

    private KeyCaller Create(CallerName caller, CallerCounts calls) => new()
    {
        ApiKeyId = keyId,
        Address = caller.Address,
        UserAgent = caller.UserAgent,
        FirstSeenAt = calls.FirstAt,
        LastSeenAt = calls.LastAt,
        Accepted = calls.Accepted,
        Refused = calls.Refused,
    };
}
