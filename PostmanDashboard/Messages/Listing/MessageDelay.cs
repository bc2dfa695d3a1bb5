namespace PostmanDashboard.Messages.Listing;

/// <summary>How long after a message was made its status changed last. Computed by the database, so that an index can have it in front.</summary>
/// <remarks>
/// An index is in the order of one instant. Messages made before some instant, in the order of their updates, are near each other in it
/// only if no update comes long after. So the index is divided by this, and each part is entered a little after that instant.
/// </remarks>
public enum MessageDelay
{
    /// <summary>As good as all.</summary>
    UpToOneMinute,

    UpToTenMinutes,

    UpToTwoHours,

    UpToOneDay,

    Longer,
}
