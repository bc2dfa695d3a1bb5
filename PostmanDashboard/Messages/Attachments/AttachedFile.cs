using System.Security.Cryptography;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>A file as a program sent it, under a name that was made harmless.</summary>
public sealed class AttachedFile(string name, byte[] content)
{
    private string? hash;
    private string? contentType;
    private bool isRecognised;

    public string Name { get; } = name;

    public byte[] Content { get; } = content;

    /// <summary>SHA-256 of the content, in hexadecimal digits.</summary>
    public string Hash => hash ??= Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>The media type on which name and content agree. Null when they don't, or when the type isn't allowed.</summary>
    /// <remarks>Asking for it the first time unpacks what is packed, so an account asks for that of one message at a time.</remarks>
    public string? ContentType
    {
        get
        {
            if (!isRecognised)
            {
                (contentType, isRecognised) = (FileTypes.Recognise(Name, Content), true);
            }

            return contentType;
        }
    }

    /// <summary>Why it can't be sent. Null when it can.</summary>
    public string? Error => (Content.Length, ContentType) switch
    {
        (0, _) => $"“{Name}” is empty.",
        (_, null) when FileTypes.Allows(Name) => $"“{Name}” doesn’t hold what its name says, or has macros. Allowed are {FileTypes.Allowed}, without macros.",
        (_, null) => $"“{Name}” is of a type that can’t be attached. Allowed are {FileTypes.Allowed}.",
        _ => null,
    };

    public MessageAttachment ToAttachment(Guid messageId, int position) => new()
    {
        MessageId = messageId,
        Position = position,
        FileName = Name,
        ContentType = ContentType ?? throw new InvalidOperationException("A file that can't be sent."),
        Size = Content.Length,
        Hash = Hash,
        Content = Content,
    };
}
