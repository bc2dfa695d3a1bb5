namespace PostmanDashboard.Messages.Listing;

/// <summary>Some messages of a list, and whether there are more after them.</summary>
public sealed record MessagePage(IReadOnlyList<MessageSummary> Messages, bool HasMore);
