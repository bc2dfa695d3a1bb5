using System.Text.Json.Serialization;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Expiry;
using PostmanDashboard.ApiKeys.Notes;

namespace PostmanDashboard.ApiKeys.Panel;

/// <summary>What somebody has entered for a key that isn't made yet.</summary>
public sealed record NewKeyDraft(
    string? Label, IReadOnlyList<string> Contacts, [property: JsonRequired] ExpiryChoice Expiry, KeyAccess Access, [property: JsonRequired] TypedNotes Notes)
{
    public string? Networks { get; init; }

    /// <summary>What the draft of the dialog is called. There is one at a time.</summary>
    public const string OfDialog = "generate";

    /// <returns>What the draft of the replacement of a key is called.</returns>
    public static string OfReplacement(Guid oldId) => $"replace {oldId}";
}
