using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Notes;

namespace PostmanDashboard.ApiKeys.Editing;

/// <summary>What a person makes of a key, as typed and not yet checked.</summary>
/// <param name="Notes">Null where they stay as they are.</param>
/// <param name="Seen">What the key was when they began: nothing newer is overwritten unseen. Null where that doesn't matter.</param>
public sealed record KeyEdit(string? Label, IReadOnlyList<string> Contacts, KeyFacts? Seen = null, TypedNotes? Notes = null);
