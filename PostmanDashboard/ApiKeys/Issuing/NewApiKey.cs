using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Expiry;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.ApiKeys.Notes;

namespace PostmanDashboard.ApiKeys.Issuing;

/// <summary>What a person enters to get a key, as typed and not yet checked.</summary>
public sealed record NewApiKey(string? Label, IReadOnlyList<string> Contacts, ExpiryChoice Expiry)
{
    public KeyAccess Access { get; init; }

    public TypedNotes Notes { get; init; } = TypedNotes.None;

    /// <summary>Where it may be called from: see <see cref="NetworkList.TryParse"/>. A replacement gets those of the key that it replaces.</summary>
    public string? Networks { get; init; }
}
