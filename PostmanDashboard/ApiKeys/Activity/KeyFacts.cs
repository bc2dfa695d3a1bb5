namespace PostmanDashboard.ApiKeys.Activity;

/// <summary>What an edit can change of a key, as it is at one moment.</summary>
public sealed record KeyFacts(string Label, IReadOnlyList<string> Contacts, string? Note = null, string? Owner = null)
{
    /// <param name="key">With its contacts.</param>
    public static KeyFacts Of(ApiKey key) => new(
        key.Label, [.. key.Contacts.OrderBy(contact => contact.Position).Select(contact => contact.Address)], key.Note, key.Owner);

    public static KeyFacts Of(ApiKeySummary key) => new(key.Label, key.Contacts, key.Note, key.Owner);

    public bool IsSameAs(KeyFacts other) =>
        (Label, Note, Owner) == (other.Label, other.Note, other.Owner) && Contacts.SequenceEqual(other.Contacts);

    /// <returns>Who was added and who was taken off. Null where nobody was; another order or case is no change.</returns>
    public string? ContactsChangedSince(KeyFacts before)
    {
        var parts = new[]
        {
            Named("Added", Contacts.Except(before.Contacts, StringComparer.OrdinalIgnoreCase)),
            Named("Removed", before.Contacts.Except(Contacts, StringComparer.OrdinalIgnoreCase)),
        };
        return string.Join(" ", parts.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    private static string? Named(string what, IEnumerable<string> addresses) =>
        string.Join(", ", addresses) is { Length: > 0 } list ? $"{what} {list}." : null;
}
