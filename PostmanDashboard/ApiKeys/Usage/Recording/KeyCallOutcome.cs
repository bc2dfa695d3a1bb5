namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>What became of a call with the token of a key. The numbers are in the database; never change one.</summary>
public enum KeyCallOutcome
{
    Accepted = 0,
    Expired = 1,
    Deleted = 2,
    AccountDisabled = 3,

    /// <summary>It asked for more than the key may do.</summary>
    BeyondAccess = 4,

    Paused = 5,

    /// <summary>It came from where the key may not be called from.</summary>
    OutsideNetworks = 6,
}
