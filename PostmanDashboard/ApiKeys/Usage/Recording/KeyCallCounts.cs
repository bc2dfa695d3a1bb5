using PostmanDashboard.ApiKeys.Usage.Callers;

namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>The calls with one key that aren't written yet.</summary>
internal sealed class KeyCallCounts(Guid keyId)
{
    /// <summary>
    /// How many callers of one key are told apart between two writes. More than <see cref="KeyCaller.MaxPerKey"/>, so that a burst of
    /// new ones seldom hides those that are known already.
    /// </summary>
    public const int MaxCallers = 4 * KeyCaller.MaxPerKey;

    private readonly Dictionary<(DateOnly Day, KeyCallOutcome Outcome), long> days = [];
    private readonly Dictionary<CallerName, CallerCounts> callers = [];

    public Guid KeyId => keyId;

    public IReadOnlyDictionary<(DateOnly Day, KeyCallOutcome Outcome), long> Days => days;

    /// <summary>With <see cref="CallerName.Others"/>, where there are too many.</summary>
    public IReadOnlyDictionary<CallerName, CallerCounts> Callers => callers;

    /// <summary>The last call that was accepted. Null when none was.</summary>
    public KeyCall? LastUse { get; private set; }

    /// <summary>The last call that was refused because the key is dead or paused, or may not be called from there. Null when none was.</summary>
    public KeyCall? LastReported { get; private set; }

    /// <param name="tellsApart">False where no caller more may be remembered, whoever's key it is.</param>
    public void Add(KeyCall call, DateOnly day, bool tellsApart)
    {
        AddDay((day, call.Outcome), 1);
        AddCaller(call.Caller, CallerCounts.Of(call), tellsApart);
        Remember(call);
    }

    /// <summary>Adds what could not be written before.</summary>
    public void Add(KeyCallCounts unwritten, Func<bool> tellsApart)
    {
        foreach (var (day, calls) in unwritten.days)
        {
            AddDay(day, calls);
        }

        foreach (var (caller, calls) in unwritten.callers)
        {
            AddCaller(caller, calls, tellsApart());
        }

        foreach (var call in new[] { unwritten.LastUse, unwritten.LastReported })
        {
            if (call is not null)
            {
                Remember(call.Value);
            }
        }
    }

    private void AddDay((DateOnly, KeyCallOutcome) day, long calls) => days[day] = days.GetValueOrDefault(day) + calls;

    private void AddCaller(CallerName caller, CallerCounts calls, bool tellsApart)
    {
        var counted = callers.ContainsKey(caller) || (tellsApart && callers.Count < MaxCallers) ? caller : CallerName.Others;
        callers[counted] = callers.TryGetValue(counted, out var known) ? known + calls : calls;
    }

    private void Remember(KeyCall call)
    {
        if (call.Outcome is KeyCallOutcome.Accepted && !(LastUse?.At > call.At))
        {
            LastUse = call;
        }
        else if (IsReported(call.Outcome) && !(LastReported?.At > call.At))
        {
            LastReported = call;
        }
    }

    private static bool IsReported(KeyCallOutcome outcome) =>
        outcome is KeyCallOutcome.Expired or KeyCallOutcome.Deleted or KeyCallOutcome.Paused or KeyCallOutcome.OutsideNetworks;
}
