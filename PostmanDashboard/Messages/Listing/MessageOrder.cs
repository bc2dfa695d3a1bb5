namespace PostmanDashboard.Messages.Listing;

/// <summary>In which order messages are listed. Those of one instant are in the order in which they were made.</summary>
public enum MessageOrder
{
    NewestFirst,

    OldestFirst,

    LastUpdatedFirst,

    FirstUpdatedFirst,
}
