namespace PostmanDashboard.ApiKeys.Check;

/// <summary>What can come of checking a token.</summary>
public abstract record KeyCheckResult
{
    private KeyCheckResult()
    {
    }

    /// <param name="DeletedAt">Null for a key that wasn't deleted.</param>
    public sealed record Yours(
        Guid Id,
        string Label,
        string Hint,
        ApiKeyStatus Status,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? LastUsedAt,
        string? LastUsedFrom,
        DateTimeOffset? DeletedAt) : KeyCheckResult;

    /// <summary>Malformed, unknown or somebody else's: which of them is nobody's business.</summary>
    public sealed record NotYours : KeyCheckResult;

    /// <param name="Wait">How long until the account may check again.</param>
    public sealed record TooMany(TimeSpan Wait) : KeyCheckResult;
}
