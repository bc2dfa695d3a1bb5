using System.Text.Json.Serialization;

namespace PostmanDashboard.ApiKeys.Networks;

/// <summary>What somebody has typed as the networks of a key, and not saved yet.</summary>
/// <param name="Seen">What the key's networks were when they began, as the database has them. Null for anywhere.</param>
public sealed record NetworksDraft(string? Text, [property: JsonRequired] string? Seen)
{
    public static string NameFor(Guid keyId) => $"networks {keyId}";
}
