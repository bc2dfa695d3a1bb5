namespace PostmanDashboard.Overview;

/// <summary>A key that is over or paused, or that may not be called from everywhere, and with which someone has called in the last days.</summary>
/// <param name="DeletedAt">Null for a key that was not deleted.</param>
/// <param name="PausedAt">Null for a key that isn't paused.</param>
/// <param name="Networks">See <see cref="PostmanDashboard.ApiKeys.ApiKey.Networks"/>.</param>
/// <param name="RejectedFrom">From where, the latest first. Empty where it isn't known, or not any more.</param>
public sealed record CalledDeadKey(
    Guid Id,
    string Label,
    string Hint,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? DeletedAt,
    DateTimeOffset? PausedAt,
    string? Networks,
    long Calls,
    IReadOnlyList<string> RejectedFrom);
