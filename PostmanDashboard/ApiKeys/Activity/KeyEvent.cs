namespace PostmanDashboard.ApiKeys.Activity;

/// <summary>One thing that happened to a key. Written in the transaction of the fact itself, and never changed: the database refuses it.</summary>
public sealed class KeyEvent
{
    public const int DetailMaxLength = 500;

    /// <summary>In the order in which they happened, also where the clock was set back.</summary>
    public long Id { get; private init; }

    public required Guid ApiKeyId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required KeyEventKind Kind { get; init; }

    /// <summary>Who did it: see <see cref="Actor.Name"/>.</summary>
    public required string ActorName { get; init; }

    /// <summary>Null where it isn't known: see <see cref="Actor.Address"/>.</summary>
    public required string? ActorAddress { get; init; }

    /// <summary>What exactly, in a few words for people. Null where the kind says it all. Never a token.</summary>
    public required string? Detail { get; init; }
}
