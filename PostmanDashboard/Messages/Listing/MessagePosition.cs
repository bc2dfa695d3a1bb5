namespace PostmanDashboard.Messages.Listing;

/// <summary>A message's position in a list.</summary>
internal sealed record MessagePosition
{
    /// <summary>The instant by which the list is in order.</summary>
    public required DateTimeOffset At { get; init; }

    public required Guid Id { get; init; }
}
