namespace PostmanDashboard.ApiKeys.Bearer.Cache;

/// <summary>What the database says about a token's key. Whether the key is live is decided by the clock at each call.</summary>
/// <param name="IsUsed">False until its first call was allowed.</param>
internal sealed record KnownKey(VerifiedApiKey Key, bool IsDeleted, bool IsPaused, bool IsAccountDisabled, bool IsUsed);
