using PostmanDashboard.ApiKeys.Rotation;

namespace PostmanDashboard.ApiKeys.Deletion;

/// <summary>What deleting a key would break, and for whom.</summary>
/// <param name="Callers">Who called with it in the last days, the latest first.</param>
/// <param name="Rotation">The ongoing rotation in which it is the old key or the new one. Null where there is none.</param>
/// <param name="AsksForLabel">Whether a click is too little to delete it.</param>
/// <param name="IsUnused">Whether nothing has ever called with it, so that nothing breaks.</param>
public sealed record DeletionRisk(IReadOnlyList<RecentCaller> Callers, RotationSummary? Rotation, bool AsksForLabel, bool IsUnused)
{
    /// <summary>Who called within this time is likely to call again.</summary>
    public static readonly TimeSpan Recently = TimeSpan.FromDays(7);

    /// <param name="state">Of the rotation in which it is the old key. Null where there is none.</param>
    public static DeletionRisk Of(
        ApiKeyStatus status, DateTimeOffset? lastUsedAt, DateTimeOffset now, IReadOnlyList<RecentCaller> callers, RotationSummary? rotation,
            RotationState? state)
    {
        var isUnused = lastUsedAt is null && callers.Count == 0;
        var asks = (status, state) switch
        {
            _ when isUnused => false,
            // Its calls are refused already.
            (ApiKeyStatus.Expired or ApiKeyStatus.Deleted, _) => false,
            (_, { IsSafe: false }) => true,
            (_, { IsSafe: true }) => callers.Any(caller => !caller.IsProvidedFor),
            // Also calls that are refused: with a paused key, say.
            _ => now - lastUsedAt <= Recently || callers.Count > 0,
        };
        return new DeletionRisk(callers, rotation, asks, isUnused);
    }
}

/// <param name="Name">Its address and user agent.</param>
/// <param name="Stage">How far it has come on its way to the replacement, where there is one.</param>
public sealed record RecentCaller(string Name, DateTimeOffset LastAt, CallerStage Stage)
{
    /// <summary>Whether it calls with the replacement by now, and no longer with this key, or is said to be gone.</summary>
    public bool IsProvidedFor => Stage is CallerStage.Switched or CallerStage.Gone;
}
