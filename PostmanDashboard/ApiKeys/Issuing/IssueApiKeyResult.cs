using PostmanDashboard.ApiKeys.Notes;

namespace PostmanDashboard.ApiKeys.Issuing;

/// <summary>What can come of asking for a new key.</summary>
public abstract record IssueApiKeyResult
{
    private IssueApiKeyResult()
    {
    }

    /// <summary>The key exists. Its token is here and nowhere else: show it now or never.</summary>
    public sealed record Issued(Guid Id, string Label, ApiKeyToken Token) : IssueApiKeyResult;

    /// <summary>Nothing was made. Each problem says what to change; null where the field is right.</summary>
    public sealed record Invalid(string? LabelProblem, string? ContactsProblem, string? ExpiryProblem, KeyNotesProblems NotesProblems) : IssueApiKeyResult
    {
        public string? NetworksProblem { get; init; }
    }

    public sealed record LabelTaken : IssueApiKeyResult;

    public sealed record LimitReached(int Limit) : IssueApiKeyResult;

    /// <summary>The account was disabled, or is gone, since the page was opened.</summary>
    public sealed record AccountDisabled : IssueApiKeyResult;
}
