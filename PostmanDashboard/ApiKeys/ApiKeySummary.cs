namespace PostmanDashboard.ApiKeys;

/// <summary>What may be shown of a key, on the page and in the API.</summary>
public sealed record ApiKeySummary(
    Guid Id,
    string Label,
    string Hint,
    IReadOnlyList<string> Contacts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    DateTimeOffset ExpiresAt,
    ApiKeyStatus Status);
