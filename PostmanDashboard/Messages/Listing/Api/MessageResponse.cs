using System.Text.Json.Serialization;
using PostmanDashboard.Messages.Delivery;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>A message and its status.</summary>
[SchemaName("MessageAnswer")]
public sealed record MessageResponse
{
    /// <summary>Identifies the message.</summary>
    public required Guid Id { get; init; }

    /// <summary>The sender's mailbox.</summary>
    public required string From { get; init; }

    /// <summary>The recipient's address.</summary>
    public required string Recipient { get; init; }

    /// <summary>What was sent. Left out of a list with exclude_params.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required MessageParams? Params { get; init; }

    /// <summary>The files that go with it. Null when there are none.</summary>
    public required IReadOnlyList<AttachmentResponse>? AttachmentsMetadata { get; init; }

    /// <summary>
    /// ACCEPTED: stored, and sent as soon as the mail server accepts it. SENT: the mail server accepted it for the recipient. BOUNCED: the
    /// mail server rejected it for the recipient, permanently or for three days in a row; an administrator can retry it, and then it is ACCEPTED again.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>If it bounced: the mail server's answer, such as 550, or expired if it was rejected for three days in a row.</summary>
    public required string? ErrorCode { get; init; }

    /// <summary>If it bounced and the mail server gave one: the enhanced status code (RFC 3463), such as 5.1.1.</summary>
    public required string? ErrorSubType { get; init; }

    /// <summary>When the call was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the status last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When the mail server accepted it. Null before that.</summary>
    public required DateTimeOffset? SentAt { get; init; }

    /// <summary>Always null: what happens after the mail server isn't tracked.</summary>
    public required DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Always null: opens aren't tracked.</summary>
    public required DateTimeOffset? OpenedAt { get; init; }

    /// <summary>URGENT, FOR_ACTION or FOR_INFO, as sent. Null if not sent.</summary>
    public required string? Classification { get; init; }

    /// <summary>The message's tag. Null if it has none.</summary>
    public required string? Tag { get; init; }

    /// <summary>Addresses that get a copy. Empty if there are none.</summary>
    public required IReadOnlyList<string> Cc { get; init; }

    /// <summary>Addresses that get a blind copy. Empty if there are none.</summary>
    public required IReadOnlyList<string> Bcc { get; init; }

    /// <summary>The status of each copy and blind copy, in the order of cc and bcc. Empty if there are none.</summary>
    public required IReadOnlyList<CopyResponse> Copies { get; init; }

    /// <param name="message">Just accepted, with its attachments.</param>
    public static MessageResponse Of(Message message) => Of(message, message.Body) with
    {
        AttachmentsMetadata = message.Attachments.Count == 0
            ? null
            : [.. message.Attachments.OrderBy(file => file.Position).Select(file => new AttachmentResponse(file.FileName, file.Size, file.Hash))],
        Copies = CopyResponse.Of(message.Cc, message.Bcc, CopyOutcomes.None),
    };

    /// <summary>Without attachments and copies, which are stored elsewhere.</summary>
    public static MessageResponse Of(Message message, string? body) => new()
    {
        Id = message.Id,
        From = message.From,
        Recipient = message.Recipient,
        Params = new MessageParams(body, message.From, message.Subject, message.ReplyTo),
        AttachmentsMetadata = null,
        Status = InWords(message.Status),
        ErrorCode = message.ErrorCode,
        ErrorSubType = EnhancedStatus.In(message.ErrorReason),
        CreatedAt = message.CreatedAt,
        UpdatedAt = message.UpdatedAt,
        AcceptedAt = message.CreatedAt,
        SentAt = message.SentAt,
        DeliveredAt = null,
        OpenedAt = null,
        Classification = InWords(message.Classification),
        Tag = message.Tag,
        Cc = message.Cc,
        Bcc = message.Bcc,
        Copies = [],
    };

    /// <summary>A status as the API writes it.</summary>
    public static string InWords(MessageStatus status) => status switch
    {
        MessageStatus.Accepted => "ACCEPTED",
        MessageStatus.Sent => "SENT",
        MessageStatus.Bounced => "BOUNCED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>A classification as the API writes it.</summary>
    public static string? InWords(MessageClassification? classification) => classification switch
    {
        null => null,
        MessageClassification.Urgent => "URGENT",
        MessageClassification.ForAction => "FOR_ACTION",
        MessageClassification.ForInfo => "FOR_INFO",
        _ => throw new ArgumentOutOfRangeException(nameof(classification), classification, null),
    };
}
