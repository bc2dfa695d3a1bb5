using PostmanDashboard.ApiKeys;
using PostmanDashboard.Shell.Charts;

namespace PostmanDashboard.Overview;

/// <summary>How the keys of an account are doing at a moment.</summary>
/// <param name="Keys">Those that it hasn't deleted, the soonest expiry first.</param>
/// <param name="Attention">What someone should do something about, the most urgent first.</param>
/// <param name="Calls">What was accepted and what was refused in the last thirty days, the oldest first. With all keys, also those that are over.</param>
public sealed record AccountSituation(
    IReadOnlyList<KeyExpiry> Keys, IReadOnlyList<AttentionItem> Attention, IReadOnlyList<DayCount> Calls);

public sealed record KeyExpiry(Guid Id, string Label, string Hint, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, ApiKeyStatus Status);
