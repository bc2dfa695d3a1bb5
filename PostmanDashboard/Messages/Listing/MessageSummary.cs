namespace PostmanDashboard.Messages.Listing;

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
    string? Reason)
{
    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    /// <summary>Null when the program didn't say.</summary>
    public MessageClassification? Classification { get; init; }

    /// <summary>The status is that of the mail to the recipient; these say what became of the copies that didn't arrive.</summary>
    public IReadOnlyList<BouncedCopy> BouncedCopies { get; init; } = [];
}

/// <summary>A copy that the mail server refused for good, or for three days on end.</summary>
/// <param name="ErrorCode">The mail server's answer as a number, or a word when there is none.</param>
public sealed record BouncedCopy(string Address, string ErrorCode);

/// <summary>A key as lists of messages name it, also after it was deleted.</summary>
public sealed record KeyInList(Guid Id, string Label, string Hint, bool IsDeleted);
