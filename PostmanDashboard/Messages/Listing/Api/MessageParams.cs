namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>What was sent.</summary>
/// <param name="Body">The HTML as it was left after cleaning. Null some weeks after the message was sent or bounced, when it is erased.</param>
/// <param name="From">The sender's mailbox.</param>
/// <param name="Subject">The subject.</param>
/// <param name="ReplyTo">Where answers go.</param>
public sealed record MessageParams(string? Body, string From, string Subject, string ReplyTo);
