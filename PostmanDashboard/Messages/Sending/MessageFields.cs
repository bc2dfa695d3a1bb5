using System.ComponentModel.DataAnnotations;

namespace PostmanDashboard.Messages.Sending;

/// <summary>A message to send.</summary>
/// <remarks>Before anything is checked. Null is what was not sent.</remarks>
public sealed record MessageFields
{
    /// <summary>The recipient's address, with or without a name.</summary>
    [Required]
    public string? Recipient { get; init; }

    /// <summary>1 to 998 characters. Line breaks become spaces; invisible characters and direction marks are removed.</summary>
    [Required]
    public string? Subject { get; init; }

    /// <summary>HTML, at most 1 MiB as UTF-8 and 20,000 elements. What emails can't contain is removed: scripts, forms,
    /// frames, style sheets, and links that aren't https, mailto or cid. A body without any tags is plain text, and keeps its line breaks.</summary>
    [Required]
    public string? Body { get; init; }

    /// <summary>The service's own address with any name, or the address of the key's account. Default: the service's address with its own name.</summary>
    public string? From { get; init; }

    /// <summary>Where replies go. Default: the address of the key's account.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Addresses that get a copy, without duplicates. Recipient, copies and blind copies together are at most 50; an
    /// address in several of them gets one mail.</summary>
    [MaxLength(Message.MaxRecipients - 1)]
    public IReadOnlyList<string>? Cc { get; init; }

    /// <summary>Addresses that get a blind copy, without duplicates.</summary>
    [MaxLength(Message.MaxRecipients - 1)]
    public IReadOnlyList<string>? Bcc { get; init; }

    /// <summary>What the message is for: URGENT, FOR_ACTION or FOR_INFO, in any case. The dashboard shows it; the recipient doesn't see it.</summary>
    public string? Classification { get; init; }

    /// <summary>A label of your choice, in visible characters. The recipient doesn't see it.</summary>
    [StringLength(Message.TagMaxLength, MinimumLength = 1)]
    public string? Tag { get; init; }

    /// <summary>What they are called on the wire.</summary>
    public static class Names
    {
        public const string Recipient = "recipient";
        public const string Subject = "subject";
        public const string Body = "body";
        public const string From = "from";
        public const string ReplyTo = "reply_to";
        public const string Cc = "cc";
        public const string Bcc = "bcc";
        public const string Classification = "classification";
        public const string Tag = "tag";

        public static readonly string[] All = [Recipient, Subject, Body, From, ReplyTo, Cc, Bcc, Classification, Tag];
    }
}
