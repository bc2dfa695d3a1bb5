namespace PostmanDashboard.Overview;

/// <summary>Something that someone should do something about, and the one thing to do.</summary>
/// <param name="Href">Where that is done.</param>
public sealed record AttentionItem(AttentionLevel Level, string Title, string Text, string Action, string Href);

/// <summary>How much it hurts to leave a thing as it is.</summary>
public enum AttentionLevel
{
    /// <summary>Calls are refused, or will be within days.</summary>
    Urgent,

    Soon,

    /// <summary>Something is in progress.</summary>
    Underway,
}
