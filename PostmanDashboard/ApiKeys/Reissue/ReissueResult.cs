namespace PostmanDashboard.ApiKeys.Reissue;

/// <summary>What can come of asking for a new secret for a key. Only <see cref="Replaced"/> changed anything.</summary>
public abstract record ReissueResult
{
    private ReissueResult()
    {
    }

    /// <summary>The secret before this one opens nothing any more. The new one is here and nowhere else: show it now or never.</summary>
    public sealed record Replaced(ApiKeyToken Token) : ReissueResult;

    /// <summary>A program has called with the key, so someone holds its secret.</summary>
    public sealed record AlreadyUsed : ReissueResult;

    public sealed record Expired : ReissueResult;

    /// <summary>The account has no such key, or has deleted it.</summary>
    public sealed record NotFound : ReissueResult;

    /// <summary>The account was disabled, or is gone, since the page was opened.</summary>
    public sealed record AccountDisabled : ReissueResult;
}
