using PostmanDashboard.ApiKeys.Rotation.Automatic;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>The progress of a key's replacement, as its page shows it.</summary>
/// <param name="Old">The key that is to be replaced, or was.</param>
/// <param name="Current">Null where no replacement was made yet.</param>
/// <param name="SuggestedLabel">What a replacement may be called. Null where there is one.</param>
public sealed record RotationSituation(RotatedKey Old, RotationProgress? Current, string? SuggestedLabel);

/// <param name="Callers">Who calls with either key, those that need something done first.</param>
/// <param name="State">Null once the rotation is complete.</param>
public sealed record RotationProgress(
    Guid Id, RotatedKey New, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, RotationState? State, IReadOnlyList<CallerProgress> Callers,
    AutoDelete Automatic);

/// <summary>One of the two keys of a rotation, and what is known of its use.</summary>
/// <param name="FirstUsedFrom">Null when that isn't known, or not any more.</param>
public sealed record RotatedKey(ApiKeySummary Key, DateTimeOffset? FirstUsedAt, string? FirstUsedFrom, string? LastUsedBy, DateTimeOffset? DeletedAt);
