namespace PostmanDashboard.ApiKeys.Table;

/// <summary>A column by which the keys can be put in order.</summary>
public enum KeyColumn
{
    Label,
    LastUsed,
    Expires,
    Status,
}

/// <summary>The order in which the keys are shown.</summary>
/// <param name="Column">Null for the order in which they need someone: <see cref="ApiKeySummaries.InOrder"/>.</param>
public sealed record KeyOrder(KeyColumn? Column, bool IsDescending)
{
    public static readonly KeyOrder ByUrgency = new(null, IsDescending: false);

    /// <summary>What a press on a column's heading makes of it: this column, then the other way round, then as at first.</summary>
    public KeyOrder Press(KeyColumn column) => (Column == column, IsDescending) switch
    {
        (false, _) => new KeyOrder(column, IsDescending: false),
        (true, false) => new KeyOrder(column, IsDescending: true),
        _ => ByUrgency,
    };

    /// <summary>What <c>aria-sort</c> says of a column.</summary>
    public string AriaSort(KeyColumn column) => Column != column ? "none" : IsDescending ? "descending" : "ascending";

    /// <param name="keys">In the order in which they need someone, which also decides between those that are alike.</param>
    public IReadOnlyList<ApiKeySummary> Apply(IReadOnlyList<ApiKeySummary> keys) => Column switch
    {
        KeyColumn.Label => By(keys, key => key.Label, StringComparer.OrdinalIgnoreCase),
        // One that was never used is the least used of all.
        KeyColumn.LastUsed => By(keys, key => key.LastUsedAt ?? DateTimeOffset.MinValue, Comparer<DateTimeOffset>.Default),
        KeyColumn.Expires => By(keys, key => key.ExpiresAt, Comparer<DateTimeOffset>.Default),
        KeyColumn.Status => By(keys, key => key.Status, Comparer<ApiKeyStatus>.Default),
        _ => keys,
    };

    private IReadOnlyList<ApiKeySummary> By<TValue>(IReadOnlyList<ApiKeySummary> keys, Func<ApiKeySummary, TValue> value, IComparer<TValue> comparer) =>
        [.. IsDescending ? keys.OrderByDescending(value, comparer) : keys.OrderBy(value, comparer)];
}
