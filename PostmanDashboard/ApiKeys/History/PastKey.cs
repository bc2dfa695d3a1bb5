namespace PostmanDashboard.ApiKeys.History;

/// <summary>What is remembered of a key that is over.</summary>
/// <param name="DeletedAt">Null for a key that has expired and was not deleted.</param>
/// <param name="DeletedBy">As in <see cref="ApiKey.DeletedBy"/>.</param>
/// <param name="CallsSince">How many calls came with it since it expired or was deleted. Every one was refused.</param>
public sealed record PastKey(
    Guid Id,
    string Label,
    string Hint,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? DeletedAt,
    string? DeletedBy,
    string? DeletedFrom,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    long CallsSince);

/// <param name="Keys">Newest end first.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record HistoryPage(IReadOnlyList<PastKey> Keys, int Total);
