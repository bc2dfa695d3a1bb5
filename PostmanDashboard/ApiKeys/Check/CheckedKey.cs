namespace PostmanDashboard.ApiKeys.Check;

/// <summary>A key of the account whose token was checked.</summary>
/// <param name="DeletedAt">Null for a key that wasn't deleted.</param>
public sealed record CheckedKey(
    Guid Id,
    string Label,
    string Hint,
    ApiKeyStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    DateTimeOffset? DeletedAt);
