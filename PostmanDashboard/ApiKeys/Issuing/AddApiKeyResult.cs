namespace PostmanDashboard.ApiKeys.Issuing;

/// <summary>What can come of adding a key to a transaction.</summary>
internal abstract record AddApiKeyResult
{
    private AddApiKeyResult()
    {
    }

    /// <summary>The key is part of the transaction. A label that is taken shows when that is saved, as a violated index.</summary>
    public sealed record Added(ApiKey Key, IssueApiKeyResult.Issued Issued) : AddApiKeyResult;

    /// <summary>A rule forbids it, and nothing was added.</summary>
    public sealed record Refused(IssueApiKeyResult Why) : AddApiKeyResult;
}
