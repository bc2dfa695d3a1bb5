namespace PostmanDashboard.ApiKeys.History;

/// <summary>What is remembered of a key that was deleted.</summary>
/// <param name="DeletedBy">As in <see cref="ApiKey.DeletedBy"/>.</param>
/// <param name="CallsSince">How many calls came with it since it expired or was deleted. Every one was refused.</param>
public sealed record PastKey(
    Guid Id,
    string Label,
    string Hint,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset DeletedAt,
    string? DeletedBy,
    string? DeletedFrom,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    long CallsSince)
{
    /// <summary>Who looked after it. Null where nobody was named.</summary>
    public string? Owner { get; init; }

    /// <summary>Null for none.</summary>
    public string? Note { get; init; }
}

/// <param name="Keys">The last deleted first.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record HistoryPage(IReadOnlyList<PastKey> Keys, int Total);
