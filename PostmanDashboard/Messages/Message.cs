namespace PostmanDashboard.Messages;

/// <summary>A mail that a program sends through our API. It is committed together with the mails that carry it, one for each address.</summary>
public sealed class Message
{
    /// <summary>The longest line of a mail (RFC 5322, 2.1.1). A longer subject than that of one line is folded.</summary>
    public const int SubjectMaxLength = 998;
    public const int TagMaxLength = 255;
    public const int FromMaxLength = 320;
    public const int ErrorMaxLength = 500;

    /// <summary>Recipient, copies and blind copies together.</summary>
    public const int MaxRecipients = 50;

    private readonly List<MessageAttachment> attachments = [];

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    /// <summary>The key with which it was sent.</summary>
    public required Guid ApiKeyId { get; init; }

    /// <summary>The mailbox in its header: an address with or without a name.</summary>
    public required string From { get; init; }

    public required string Recipient { get; init; }

    public required string NormalizedRecipient { get; init; }

    public required string ReplyTo { get; init; }

    public required IReadOnlyList<string> Cc { get; init; }

    public required IReadOnlyList<string> Bcc { get; init; }

    public required string Subject { get; init; }

    /// <summary>HTML, as it was left after cleaning. Null once it was blanked, a while after the message was settled.</summary>
    public required string? Body { get; init; }

    /// <summary>The body as plain text. Null once it was blanked, always with the body; and when it was stored by a version that stored no
    /// texts, and its mails were all sent by then.</summary>
    public required string? Text { get; init; }

    /// <summary>Which of its attachments the body shows: positions, also of such as there aren't. Null when the text is.</summary>
    public required IReadOnlyList<int>? Pictures { get; init; }

    /// <summary>Null when the program didn't say.</summary>
    public MessageClassification? Classification { get; init; }

    /// <summary>What the program files it under. Null when it doesn't.</summary>
    public string? Tag { get; init; }

    public MessageStatus Status { get; private init; }

    /// <summary>The mail server's answer when the message bounced, such as <c>550</c>. Null otherwise.</summary>
    public string? ErrorCode { get; private init; }

    /// <summary>The same in words. Null unless it bounced.</summary>
    public string? ErrorReason { get; private init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its status last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Null until the mail server took it.</summary>
    public DateTimeOffset? SentAt { get; private init; }

    /// <summary>In the order in which the program sent them.</summary>
    public IReadOnlyList<MessageAttachment> Attachments => attachments;

    public void Attach(MessageAttachment attachment) => attachments.Add(attachment);
}
