namespace PostmanDashboard.Messages;

/// <summary>A file that goes with a message.</summary>
public sealed class MessageAttachment
{
    public const int FileNameMaxLength = 255;

    public required Guid MessageId { get; init; }

    /// <summary>From 0, in the order in which the program sent them.</summary>
    public required int Position { get; init; }

    public required string FileName { get; init; }

    /// <summary>The media type that its name and its content agree on.</summary>
    public required string ContentType { get; init; }

    /// <summary>In bytes.</summary>
    public required int Size { get; init; }

    /// <summary>SHA-256 of the content, in hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>Null once it was blanked, together with the body of its message.</summary>
    public required byte[]? Content { get; init; }
}
