namespace PostmanDashboard.ApiKeys.Networks;

/// <summary>What somebody has typed as the networks of a key, and not saved yet.</summary>
public sealed record NetworksDraft(string? Text)
{
    public static string NameFor(Guid keyId) => $"networks {keyId}";
}
