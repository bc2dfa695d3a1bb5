namespace PostmanDashboard.Messages;

/// <summary>A message as a program asks for it, before anything is checked. Null is what was not sent.</summary>
public sealed record MessageFields
{
    public string? Recipient { get; init; }

    public string? Subject { get; init; }

    public string? Body { get; init; }

    public string? From { get; init; }

    public string? ReplyTo { get; init; }

    public IReadOnlyList<string>? Cc { get; init; }

    public IReadOnlyList<string>? Bcc { get; init; }

    public string? Classification { get; init; }

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
    }
}
