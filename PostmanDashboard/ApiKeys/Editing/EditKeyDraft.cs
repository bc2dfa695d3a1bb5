using System.Text.Json.Serialization;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Notes;

namespace PostmanDashboard.ApiKeys.Editing;

/// <summary>What somebody has entered for a key that exists, and hasn't saved yet.</summary>
/// <param name="Seen">What the key was when they began.</param>
public sealed record EditKeyDraft(Guid KeyId, KeyFacts Seen, string? Label, IReadOnlyList<string> Contacts, [property: JsonRequired] TypedNotes Notes)
{
    /// <summary>What it is kept as. There is one at a time.</summary>
    public const string Name = "edit";

    public bool IsTouched => Label != Seen.Label || !Contacts.SequenceEqual(Seen.Contacts) || Notes != new TypedNotes(Seen.Note, Seen.Owner);

    public static EditKeyDraft Of(ApiKeySummary key) => new(key.Id, KeyFacts.Of(key), key.Label, key.Contacts, new TypedNotes(key.Note, key.Owner));

    public KeyEdit ToEdit() => new(Label, Contacts, Seen, Notes);
}
