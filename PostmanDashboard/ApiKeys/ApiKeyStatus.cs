namespace PostmanDashboard.ApiKeys;

/// <summary>What a key is good for at a moment. Derived from its times, never stored.</summary>
public enum ApiKeyStatus
{
    /// <summary>Usable, and its contacts needn’t be reminded yet.</summary>
    Live,

    /// <summary>Usable, and its first reminder is due: that is the first of the stages that was still to come when it was made.</summary>
    Expiring,

    /// <summary>Refused until its account resumes it. Its contacts are reminded nevertheless.</summary>
    Paused,

    /// <summary>Past its time.</summary>
    Expired,

    /// <summary>Removed by its account.</summary>
    Deleted,
}
