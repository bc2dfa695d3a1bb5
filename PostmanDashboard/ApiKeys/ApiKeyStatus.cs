namespace PostmanDashboard.ApiKeys;

/// <summary>What a key is good for at a moment. Derived from its times, never stored.</summary>
public enum ApiKeyStatus
{
    /// <summary>Usable, for more than a month.</summary>
    Live,

    /// <summary>Usable, for a calendar month or less.</summary>
    Expiring,

    /// <summary>Past its time.</summary>
    Expired,

    /// <summary>Removed by its account.</summary>
    Deleted,
}
