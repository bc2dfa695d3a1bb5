using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Networks;

namespace PostmanDashboard.ApiKeys;

/// <summary>What may be shown of a key, on the page and in the API.</summary>
/// <param name="LastUsedAt"><see cref="ApiKey.LastKnownUseAt"/>.</param>
/// <param name="LastUsedFrom">Null where it isn't known, or not yet.</param>
public sealed record ApiKeySummary(
    Guid Id,
    string Label,
    string Hint,
    IReadOnlyList<string> Contacts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    DateTimeOffset ExpiresAt,
    ApiKeyStatus Status)
{
    /// <summary>The program that called last. Null where it didn’t say, or isn't known yet.</summary>
    public string? LastUsedBy { get; init; }

    public KeyAccess Access { get; init; }

    public NetworkList Networks { get; init; } = NetworkList.Anywhere;

    /// <summary>Null where it isn't paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>For the colleagues behind the account. Null for none.</summary>
    public string? Note { get; init; }

    /// <summary>Who looks after it. Null where nobody was named.</summary>
    public string? Owner { get; init; }
}
