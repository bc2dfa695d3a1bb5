namespace PostmanDashboard.ApiKeys.Bulk;

/// <summary>What is done to several keys at once.</summary>
public abstract record BulkChange
{
    private BulkChange()
    {
    }

    /// <summary>One who left makes room for another, in the same place of the list.</summary>
    public sealed record ReplaceContact(string? Old, string? New) : BulkChange;

    public sealed record AddContact(string? Address) : BulkChange;

    public sealed record DeleteExpired : BulkChange;
}
