namespace PostmanDashboard.ApiKeys.Notices;

/// <summary>The key that took the place of a deleted one.</summary>
/// <param name="FormerLabel">What it was called before it took the deleted key’s label. Null where it didn’t.</param>
public sealed record Successor(ApiKey Key, string? FormerLabel);
