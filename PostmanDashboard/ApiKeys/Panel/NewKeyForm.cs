using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Expiry;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Notes;

namespace PostmanDashboard.ApiKeys.Panel;

/// <summary>What a person is entering to get a key, and what is the matter with it.</summary>
public sealed class NewKeyForm
{
    public string? Label { get; set; }

    public IReadOnlyList<string> Contacts { get; set; } = [];

    public ExpiryChoice Expiry { get; set; } = ApiKeyLifetime.SixMonths;

    /// <summary>What is worth keeping of it when the page goes (<see cref="PostmanDashboard.Shell.Live.Drafts"/>).</summary>
    public NewKeyDraft Draft
    {
        get => new(Label, Contacts, Expiry, Access, Notes) { Networks = Networks };
        set => (Label, Contacts, Expiry, Access, Notes, Networks) =
            (value.Label, value.Contacts, value.Expiry, value.Access, value.Notes, value.Networks);
    }

    /// <summary>A replacement gets that of the key that it replaces, whatever this is.</summary>
    public KeyAccess Access { get; set; }

    public TypedNotes Notes { get; set; } = TypedNotes.None;

    /// <summary>As typed. Of a replacement, those of the key that it replaces, whatever this is.</summary>
    public string? Networks { get; set; }

    /// <summary>What is wrong with the label. Null when nothing is known to be; so with those below.</summary>
    public string? LabelProblem { get; private set; }

    public string? ContactsProblem { get; set; }

    public string? ExpiryProblem { get; set; }

    public KeyNotesProblems NotesProblems { get; set; } = KeyNotesProblems.None;

    public string? NetworksProblem { get; set; }

    /// <summary>What is wrong apart from the fields.</summary>
    public string? Problem { get; set; }

    /// <summary>For the next try: as typed, and no longer complained about.</summary>
    public NewApiKey ToRequest()
    {
        (Problem, LabelProblem, ContactsProblem, ExpiryProblem, NetworksProblem) = (null, null, null, null, null);
        NotesProblems = KeyNotesProblems.None;
        return new NewApiKey(Label, Contacts, Expiry) { Access = Access, Notes = Notes, Networks = Networks };
    }

    /// <summary>Says next to the field, or above all, why no key was made.</summary>
    public void Explain(IssueApiKeyResult refusal)
    {
        switch (refusal)
        {
            case IssueApiKeyResult.Invalid invalid:
                (LabelProblem, ContactsProblem, ExpiryProblem) = (invalid.LabelProblem, invalid.ContactsProblem, invalid.ExpiryProblem);
                NotesProblems = invalid.NotesProblems;
                NetworksProblem = invalid.NetworksProblem;
                break;
            case IssueApiKeyResult.LabelTaken:
                LabelProblem = "You already have a key with this label. Choose a different one.";
                break;
            case IssueApiKeyResult.LimitReached full:
                Problem = $"You have {full.Limit} live keys, the most an account can have. Delete one that you no longer use.";
                break;
            case IssueApiKeyResult.AccountDisabled:
                Problem = "Your account is disabled, so no key was generated. Ask your administrator to enable it.";
                break;
        }
    }
}
