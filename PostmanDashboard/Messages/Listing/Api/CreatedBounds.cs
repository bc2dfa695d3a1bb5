namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>What the bounds on created_at come to: the first instant that counts, and the first one that counts no more.</summary>
/// <remarks>
/// Answers give instants to the millisecond, cut off, so bounds are compared with those too: whoever asks for what is greater than the
/// created_at of a message doesn't get that message again.
/// </remarks>
internal sealed record CreatedBounds(DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>The names of bounds, as they stand in <c>created_at[gt]</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["gt", "gte", "lt", "lte"];

    public CreatedBounds With(string name, DateTimeOffset bound) => name switch
    {
        "gt" => this with { From = Latest(From, NextMillisecond(bound)) },
        "gte" => this with { From = Latest(From, Millisecond(bound) < bound ? NextMillisecond(bound) : bound) },
        "lt" => this with { Until = Earliest(Until, Millisecond(bound) < bound ? NextMillisecond(bound) : bound) },
        "lte" => this with { Until = Earliest(Until, NextMillisecond(bound)) },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static DateTimeOffset Millisecond(DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private static DateTimeOffset NextMillisecond(DateTimeOffset instant) =>
        DateTimeOffset.MaxValue - instant < TimeSpan.FromMilliseconds(1)
            ? DateTimeOffset.MaxValue
            : Millisecond(instant) + TimeSpan.FromMilliseconds(1);

    private static DateTimeOffset Latest(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static DateTimeOffset Earliest(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
