namespace PostmanDashboard.ApiKeys.Check;

/// <summary>What can come of checking what someone pasted.</summary>
public abstract record KeyCheckResult
{
    private KeyCheckResult()
    {
    }

    /// <param name="Keys">The account's keys among those that were pasted, in the order of the text. At least one.</param>
    public sealed record Yours(IReadOnlyList<CheckedKey> Keys) : KeyCheckResult;

    /// <summary>A whole key that is unknown or someone else's: which of the two is nobody's business.</summary>
    public sealed record NotYours : KeyCheckResult;

    /// <summary>It looks like a key, but its checksum is wrong or a part is missing, so that nobody can say whose it is.</summary>
    public sealed record Damaged : KeyCheckResult;

    /// <summary>Nothing in it looks like a key.</summary>
    public sealed record NoKey : KeyCheckResult;

    /// <param name="Wait">How long until the account may check again.</param>
    public sealed record TooMany(TimeSpan Wait) : KeyCheckResult;
}
