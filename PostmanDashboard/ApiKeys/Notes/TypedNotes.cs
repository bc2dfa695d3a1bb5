namespace PostmanDashboard.ApiKeys.Notes;

/// <summary>A note and an owner as typed, not yet checked.</summary>
public sealed record TypedNotes(string? Note, string? Owner)
{
    public static readonly TypedNotes None = new(null, null);

    public bool IsEmpty => string.IsNullOrWhiteSpace(Note) && string.IsNullOrWhiteSpace(Owner);
}
