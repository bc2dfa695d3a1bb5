using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Issuing;

namespace PostmanDashboard.ApiKeys.Panel;

/// <summary>What a person is entering to get a key, and what is the matter with it.</summary>
public sealed class NewKeyForm
{
    public string? Label { get; set; }

    public IReadOnlyList<string> Contacts { get; set; } = [];

    public ApiKeyLifetime Lifetime { get; set; } = ApiKeyLifetime.SixMonths;

    /// <summary>What is worth keeping of it when the page goes (<see cref="PostmanDashboard.Shell.Live.Drafts"/>).</summary>
    public NewKeyDraft Draft
    {
        get => new(Label, Contacts, Lifetime, Access);
        set => (Label, Contacts, Lifetime, Access) = (value.Label, value.Contacts, value.Lifetime, value.Access);
    }

    /// <summary>A replacement gets that of the key that it replaces, whatever this is.</summary>
    public KeyAccess Access { get; set; }

    /// <summary>What is wrong with the label. Null when nothing is known to be; so with the two below.</summary>
    public string? LabelProblem { get; private set; }

    public string? ContactsProblem { get; set; }

    /// <summary>What is wrong apart from the fields.</summary>
    public string? Problem { get; set; }

    /// <summary>For the next try: as typed, and no longer complained about.</summary>
    public NewApiKey ToRequest()
    {
        (Problem, LabelProblem, ContactsProblem) = (null, null, null);
        return new NewApiKey(Label, Contacts, Lifetime) { Access = Access };
    }

    /// <summary>Says next to the field, or above all, why no key was made.</summary>
    public void Explain(IssueApiKeyResult refusal)
    {
        switch (refusal)
        {
            case IssueApiKeyResult.Invalid invalid:
                (LabelProblem, ContactsProblem) = (invalid.LabelProblem, invalid.ContactsProblem);
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
