using PostmanDashboard.ApiKeys.Access;

namespace PostmanDashboard.ApiKeys.Issuing;

/// <summary>What a person enters to get a key, as typed and not yet checked.</summary>
public sealed record NewApiKey(string? Label, IReadOnlyList<string> Contacts, ApiKeyLifetime Lifetime)
{
    public KeyAccess Access { get; init; }
}
