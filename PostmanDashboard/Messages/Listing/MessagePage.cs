namespace PostmanDashboard.Messages.Listing;

/// <summary>Some messages of a list, the newest first.</summary>
/// <param name="Newer">What the page of newer ones begins after. Null when there are none.</param>
/// <param name="Older">What the page of older ones begins after. Null when there are none.</param>
/// <param name="SearchedTo">Up to which message a text was looked for, when there are more beyond it that weren't read. Null otherwise.</param>
/// <param name="Totals">Null where a text is looked for, and what was found doesn't fit on a page: they would take reading everything.</param>
public sealed record MessagePage(
    IReadOnlyList<MessageSummary> Messages, MessagePosition? Newer, MessagePosition? Older, DateTimeOffset? SearchedTo, MessageTotals? Totals);
