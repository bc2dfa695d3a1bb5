namespace PostmanDashboard.ApiKeys.Rotation.Automatic;

/// <summary>What is to be done about an old key that is deleted by itself.</summary>
internal enum AutoDeleteStep
{
    /// <summary>Nothing: it isn't safe to delete yet, or the announced day isn't over.</summary>
    Wait,

    /// <summary>It is safe: say that it will be deleted in a day.</summary>
    Announce,

    /// <summary>It was announced, but isn't safe any more: say that it stays.</summary>
    Postpone,

    /// <summary>The announced day is over, and it is still safe.</summary>
    Delete,
}
