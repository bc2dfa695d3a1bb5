using PostmanDashboard.ApiKeys;
using PostmanDashboard.Shell.Charts;

namespace PostmanDashboard.Overview;

/// <summary>How the keys of an account are doing at a moment.</summary>
/// <param name="Keys">Those that it hasn't deleted, the soonest expiry first.</param>
/// <param name="Attention">What someone should do something about, the most urgent first.</param>
/// <param name="Calls">What was accepted and what was refused in the last thirty days, the oldest first. With all keys, also those that are over.</param>
public sealed record AccountSituation(
    IReadOnlyList<KeyExpiry> Keys, IReadOnlyList<AttentionItem> Attention, IReadOnlyList<DayCount> Calls);

/// <param name="ByTime">Its status by its time alone: a paused key expires all the same.</param>
public sealed record KeyExpiry(Guid Id, string Label, string Hint, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, ApiKeyStatus ByTime)
{
    /// <summary>Null where it isn't paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    public ApiKeyStatus Status => PausedAt is null || ByTime is ApiKeyStatus.Expired ? ByTime : ApiKeyStatus.Paused;
}
