namespace PostmanDashboard.ApiKeys.Table;

/// <summary>Which keys are shown.</summary>
/// <param name="SearchText">Part of what is known of a key, as typed. Null or blank for any.</param>
/// <param name="Status">Null for any.</param>
public sealed record KeyFilter(string? SearchText, ApiKeyStatus? Status)
{
    public static readonly KeyFilter None = new(null, null);

    public bool Matches(ApiKeySummary key) => (Status is null || key.Status == Status)
        && (string.IsNullOrWhiteSpace(SearchText)
            || ((string?[])[key.Label, key.Hint, key.Owner, key.Note, .. key.Contacts])
                .Any(text => text?.Contains(SearchText.Trim(), StringComparison.OrdinalIgnoreCase) is true));
}
