namespace PostmanDashboard.Overview;

/// <summary>A key that is over and with which someone has called in the last days.</summary>
/// <param name="DeletedAt">Null for a key that has expired and was not deleted.</param>
/// <param name="LastFrom">Null where it isn't known, or not any more.</param>
public sealed record CalledDeadKey(Guid Id, string Label, string Hint, DateTimeOffset ExpiresAt, DateTimeOffset? DeletedAt, long Calls, string? LastFrom);
