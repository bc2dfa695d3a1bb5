namespace PostmanDashboard.ApiKeys.Bulk;

/// <summary>What became of one of the keys.</summary>
/// <param name="Problem">Why it stayed as it was, in a sentence. Null where it was changed.</param>
public sealed record BulkOutcome(Guid KeyId, string Label, string? Problem);
