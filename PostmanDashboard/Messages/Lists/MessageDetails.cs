namespace PostmanDashboard.Messages.Lists;

/// <summary>What a list doesn't say of a message.</summary>
/// <param name="Body">HTML, as it was left after cleaning. Null once it was erased.</param>
public sealed record MessageDetails(
    Guid Id,
    string From,
    string ReplyTo,
    IReadOnlyList<string> Cc,
    IReadOnlyList<string> Bcc,
    MessageClassification? Classification,
    IReadOnlyList<AttachmentInList> Attachments,
    string? Body);

/// <summary>A file that goes with a message.</summary>
/// <param name="Size">In bytes.</param>
public sealed record AttachmentInList(string FileName, int Size);
