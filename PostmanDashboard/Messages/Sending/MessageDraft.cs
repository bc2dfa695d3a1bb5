using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Messages.Bodies;

namespace PostmanDashboard.Messages.Sending;

/// <summary>A message that may be sent: everything about it is checked.</summary>
/// <param name="Cc">None of them twice, but maybe the recipient too; the same goes for blind copies.</param>
public sealed record MessageDraft(
    NamedAddress From,
    EmailAddress Recipient,
    EmailAddress ReplyTo,
    IReadOnlyList<EmailAddress> Cc,
    IReadOnlyList<EmailAddress> Bcc,
    string Subject,
    CleanedBody Body,
    MessageClassification? Classification,
    string? Tag)
{
    /// <summary>Everyone whom it goes to, once, however often they are named.</summary>
    public IEnumerable<EmailAddress> Everyone => new[] { Recipient }.Concat(Cc).Concat(Bcc).Distinct();

    /// <summary>Each of a type that may be sent.</summary>
    public IReadOnlyList<AttachedFile> Files { get; init; } = [];
}
