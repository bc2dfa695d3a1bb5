namespace PostmanDashboard.ApiKeys.Bulk;

/// <summary>What somebody is about to do to several keys.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="KeyIds">To which keys.</param>
/// <param name="Old">The contact to replace. Null where none was chosen.</param>
/// <param name="New">The new contact, as typed.</param>
public sealed record BulkDraft(BulkKind Kind, IReadOnlyList<Guid> KeyIds, string? Old = null, string? New = null)
{
    /// <summary>What it is kept as. There is one at a time.</summary>
    public const string Name = "bulk";

    public BulkChange ToChange() => Kind switch
    {
        BulkKind.ReplaceContact => new BulkChange.ReplaceContact(Old, New),
        BulkKind.AddContact => new BulkChange.AddContact(New),
        BulkKind.DeleteExpired => new BulkChange.DeleteExpired(),
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
    };
}

/// <summary>What can be done to several keys at once.</summary>
public enum BulkKind
{
    ReplaceContact,
    AddContact,
    DeleteExpired,
}
