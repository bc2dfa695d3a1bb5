namespace PostmanDashboard.Messages.Listing;

/// <summary>A message's position in a list.</summary>
public sealed record MessagePosition
{
    /// <summary>The instant by which the list is in order.</summary>
    public required DateTimeOffset At { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The recipient, where a text is looked for. Null otherwise.</summary>
    public string? Recipient { get; init; }

    /// <summary>The subject, where a text is looked for. Null otherwise.</summary>
    public string? Subject { get; init; }
}
