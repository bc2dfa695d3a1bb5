using System.ComponentModel.DataAnnotations;

namespace PostmanDashboard.Messages.Sending;

/// <summary>A message to be sent.</summary>
/// <remarks>Before anything is checked. Null is what was not sent.</remarks>
public sealed record MessageFields
{
    /// <summary>The address that the message goes to, alone or behind a name.</summary>
    [Required]
    public string? Recipient { get; init; }

    /// <summary>1 to 998 characters. A line break becomes a space; characters that nobody sees and marks of direction are taken out.</summary>
    [Required]
    public string? Subject { get; init; }

    /// <summary>HTML, at most 1 MiB as UTF-8 and 20,000 elements. What mails can't hold is taken out: scripts, forms, frames,
    /// style sheets, and links that aren't https, mailto or cid. A body without any tag is text, and keeps its lines.</summary>
    [Required]
    public string? Body { get; init; }

    /// <summary>The service's own address under any name, or the address of the key's account. Without it, the service's address under its own name.</summary>
    public string? From { get; init; }

    /// <summary>Where answers go. Without it, to the address of the key's account.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Who gets a copy, nobody twice. Recipient, copies and blind copies are 50 at most; whoever is named in several of
    /// these places gets one mail.</summary>
    [MaxLength(Message.MaxRecipients - 1)]
    public IReadOnlyList<string>? Cc { get; init; }

    /// <summary>Who gets a copy without the others seeing it, nobody twice.</summary>
    [MaxLength(Message.MaxRecipients - 1)]
    public IReadOnlyList<string>? Bcc { get; init; }

    /// <summary>What the message is for: URGENT, FOR_ACTION or FOR_INFO, in whatever case. The dashboard shows it; the recipient doesn't see it.</summary>
    public string? Classification { get; init; }

    /// <summary>What you file the message under, in characters that can be seen. The recipient doesn't see it.</summary>
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
