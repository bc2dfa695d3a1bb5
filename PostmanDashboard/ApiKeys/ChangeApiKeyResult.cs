namespace PostmanDashboard.ApiKeys;

/// <summary>What can come of changing a key's label and contacts. Only <see cref="Changed"/> changed anything.</summary>
public abstract record ChangeApiKeyResult
{
    private ChangeApiKeyResult()
    {
    }

    public sealed record Changed : ChangeApiKeyResult;

    /// <summary>Each problem says what to change; null where the field is right.</summary>
    public sealed record Invalid(string? LabelProblem, string? ContactsProblem) : ChangeApiKeyResult;

    public sealed record LabelTaken : ChangeApiKeyResult;

    /// <summary>The account has no such key, or has deleted it.</summary>
    public sealed record NotFound : ChangeApiKeyResult;
}
