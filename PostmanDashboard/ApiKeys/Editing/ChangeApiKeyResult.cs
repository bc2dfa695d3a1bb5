using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Notes;

namespace PostmanDashboard.ApiKeys.Editing;

/// <summary>What can come of editing a key. Only <see cref="Changed"/> changed anything.</summary>
public abstract record ChangeApiKeyResult
{
    private ChangeApiKeyResult()
    {
    }

    public sealed record Changed : ChangeApiKeyResult;

    /// <summary>Each problem says what to change; null where the field is right.</summary>
    public sealed record Invalid(string? LabelProblem, string? ContactsProblem, KeyNotesProblems NotesProblems) : ChangeApiKeyResult;

    public sealed record LabelTaken : ChangeApiKeyResult;

    /// <summary>Someone else edited the key since its facts were read: these are the new ones.</summary>
    public sealed record ChangedMeanwhile(KeyFacts Now) : ChangeApiKeyResult;

    /// <summary>The account has no such key, or has deleted it.</summary>
    public sealed record NotFound : ChangeApiKeyResult;
}
