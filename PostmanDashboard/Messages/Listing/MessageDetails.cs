namespace PostmanDashboard.Messages.Listing;

/// <summary>What a list doesn't say of a message.</summary>
/// <param name="Body">HTML, as it was left after cleaning. Null once it was erased.</param>
public sealed record MessageDetails(
    Guid Id,
    string From,
    string ReplyTo,
    IReadOnlyList<CopyInList> Copies,
    MessageClassification? Classification,
    IReadOnlyList<AttachmentInList> Attachments,
    string? Body);

/// <summary>A copy of a message, and what became of it.</summary>
/// <param name="Reason">The mail server's words. Null unless it bounced.</param>
public sealed record CopyInList(string Address, bool IsBlind, MessageStatus Status, string? Reason);

/// <summary>A file that goes with a message.</summary>
/// <param name="Size">In bytes.</param>
public sealed record AttachmentInList(string FileName, int Size);
