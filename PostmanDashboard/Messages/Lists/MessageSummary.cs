namespace PostmanDashboard.Messages.Lists;

/// <summary>One message in a list for people.</summary>
/// <param name="Key">The key that it was sent with.</param>
/// <param name="SentAt">Null until the mail server took it.</param>
/// <param name="ErrorCode">Null unless it bounced.</param>
/// <param name="Reason">The mail server's words. Null unless it bounced.</param>
public sealed record MessageSummary(
    Guid Id,
    DateTimeOffset CreatedAt,
    string Recipient,
    string Subject,
    string? Tag,
    KeyInList Key,
    MessageStatus Status,
    DateTimeOffset? SentAt,
    string? ErrorCode,
    string? Reason);

/// <summary>A key as lists of messages name it, also after it was deleted.</summary>
public sealed record KeyInList(Guid Id, string Label, string Hint, bool IsDeleted);
