using PostmanDashboard.ApiKeys.Rotation;

namespace PostmanDashboard.ApiKeys.Page;

/// <summary>What the page of a key shows of it at a moment.</summary>
/// <param name="Maker">Null for a key from before activity was kept.</param>
/// <param name="Unreachable">The contacts that mail doesn't reach.</param>
/// <param name="Rotation">The ongoing one. Null where there is none.</param>
/// <param name="DeletedAt">Null while it isn't deleted.</param>
public sealed record KeySituation(
    ApiKeySummary Key, Actor? Maker, IReadOnlyList<string> Unreachable, RotationSummary? Rotation, DateTimeOffset? DeletedAt, string? DeletedBy);
