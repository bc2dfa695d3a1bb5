namespace PostmanDashboard.Messages.Listing;

/// <summary>Which of an account's messages are looked for. What is null is not asked about.</summary>
public sealed record MessageFilter
{
    /// <summary>Those of any other status are left out; all of them are when this is empty.</summary>
    public IReadOnlyCollection<MessageStatus> Statuses { get; init; } = Enum.GetValues<MessageStatus>();

    /// <summary>The whole tag, as the program wrote it.</summary>
    public string? Tag { get; init; }

    public Guid? ApiKeyId { get; init; }

    /// <summary>The keys of which a program may see what they sent. Null for all.</summary>
    public IReadOnlyCollection<Guid>? SentWith { get; init; }

    /// <summary>Part of the recipient's address or of the subject, in any case. Only <see cref="MessageScan"/> compares it.</summary>
    public string? Text { get; init; }

    /// <summary>The first instant that counts.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>The first instant that counts no more.</summary>
    public DateTimeOffset? CreatedUntil { get; init; }
}
