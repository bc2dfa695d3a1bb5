namespace PostmanDashboard.ApiKeys.Table;

/// <summary>Which keys are shown.</summary>
/// <param name="SearchText">Part of what is known of a key, as typed. Null or blank for any.</param>
/// <param name="Status">Null for any.</param>
public sealed record KeyFilter(string? SearchText, ApiKeyStatus? Status)
{
    public static readonly KeyFilter None = new(null, null);

    public bool Matches(ApiKeySummary key) => (Status is null || key.Status == Status)
        && (string.IsNullOrWhiteSpace(SearchText)
            || key.Contacts.Append(key.Label).Append(key.Hint).Any(text => text.Contains(SearchText.Trim(), StringComparison.OrdinalIgnoreCase)));
}
