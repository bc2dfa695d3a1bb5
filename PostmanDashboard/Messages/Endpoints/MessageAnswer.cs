using System.Text.Json.Serialization;

namespace PostmanDashboard.Messages.Endpoints;

/// <summary>A message, and what has become of it.</summary>
/// <param name="Id">Identifies the message.</param>
/// <param name="From">The mailbox that it comes from.</param>
/// <param name="Recipient">The address that it goes to.</param>
/// <param name="Params">What was sent. Left out of a list when exclude_params asks for that.</param>
/// <param name="AttachmentsMetadata">The files that go with it. Null when there are none.</param>
/// <param name="Status">
/// ACCEPTED: stored, and sent as soon as the mail server takes it. SENT: the mail server has taken it on for the recipient. BOUNCED: the
/// mail server refused it for the recipient, for good or for three days on end; an administrator can have it tried again, and then it is
/// ACCEPTED once more.
/// </param>
/// <param name="ErrorCode">When it bounced: the mail server's answer, such as 550, or expired when it was refused for three days on end.</param>
/// <param name="ErrorSubType">When it bounced and the mail server said so: the enhanced status code (RFC 3463), such as 5.1.1.</param>
/// <param name="CreatedAt">When the call was made.</param>
/// <param name="UpdatedAt">When the status last changed.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="SentAt">When the mail server took it on. Null before.</param>
/// <param name="DeliveredAt">Always null: what happens beyond the mail server isn't followed.</param>
/// <param name="OpenedAt">Always null: recipients aren't watched.</param>
public sealed record MessageAnswer(
    Guid Id,
    string From,
    string Recipient,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessageParams? Params,
    IReadOnlyList<AttachmentAnswer>? AttachmentsMetadata,
    string Status,
    string? ErrorCode,
    string? ErrorSubType,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? OpenedAt)
{
    /// <param name="message">With its attachments loaded.</param>
    public static MessageAnswer Of(Message message) =>
        Of(message, [.. message.Attachments.OrderBy(file => file.Position).Select(file => new AttachmentAnswer(file.FileName, file.Size, file.Hash))]);

    /// <summary>For a message whose attachments were read without their content.</summary>
    public static MessageAnswer Of(Message message, IReadOnlyList<AttachmentAnswer> attachments) => new(
        message.Id,
        message.From,
        message.Recipient,
        new MessageParams(message.Body, message.From, message.Subject, message.ReplyTo),
        attachments.Count == 0 ? null : attachments,
        InWords(message.Status),
        message.ErrorCode,
        EnhancedStatus.In(message.ErrorReason),
        message.CreatedAt,
        message.UpdatedAt,
        AcceptedAt: message.CreatedAt,
        message.SentAt,
        DeliveredAt: null,
        OpenedAt: null);

    /// <summary>A status as the API writes it.</summary>
    public static string InWords(MessageStatus status) => status switch
    {
        MessageStatus.Accepted => "ACCEPTED",
        MessageStatus.Sent => "SENT",
        MessageStatus.Bounced => "BOUNCED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}

/// <summary>What was sent.</summary>
/// <param name="Body">The HTML as it was left after cleaning. Null some weeks after the message was sent or bounced, when it is erased.</param>
/// <param name="From">The mailbox that it comes from.</param>
/// <param name="Subject">The subject.</param>
/// <param name="ReplyTo">Where answers go.</param>
public sealed record MessageParams(string? Body, string From, string Subject, string ReplyTo);

/// <summary>A file that goes with a message.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="FileSize">Its size in bytes.</param>
/// <param name="Hash">SHA-256 of its content, in hexadecimal digits.</param>
// Unlike the rest of the API, the existing clients read these names.
public sealed record AttachmentAnswer(
    [property: JsonPropertyName("fileName")] string FileName,
    [property: JsonPropertyName("fileSize")] int FileSize,
    [property: JsonPropertyName("hash")] string Hash);
