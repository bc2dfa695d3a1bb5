using System.Globalization;

namespace PostmanDashboard.Messages.Listing;

/// <summary>Which page of a list of messages is meant. A page begins after a message, not after so many: it costs the same however far down.</summary>
/// <param name="Number">What the page is called, from 1.</param>
/// <param name="After">The message that it begins after. Null for the first page.</param>
/// <param name="IsUpward">Whether it has the newer ones than that, and not the older ones.</param>
public sealed record MessagePlace(int Number, MessagePosition? After, bool IsUpward)
{
    private const int LastNumber = 1_000_000;

    public static MessagePlace First { get; } = new(1, null, false);

    /// <summary>Reads an address. What can't be read there was not written by our page, and means the first page.</summary>
    public static MessagePlace Read(string? page, string? before, string? after) =>
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and <= LastNumber
        && (Position(before) ?? Position(after)) is { } position
            ? new MessagePlace(number, position, Position(before) is null)
            : First;

    public MessagePlace OlderThan(MessagePosition position) => new(Math.Min(Number + 1, LastNumber), position, false);

    public MessagePlace NewerThan(MessagePosition position) => Number <= 2 ? First : new(Number - 1, position, true);

    /// <summary>What stands in the address for it: names and values. None for the first page.</summary>
    public IEnumerable<(string Name, string Value)> ToQuery() => After is null
        ? []
        : [
            (IsUpward ? "after" : "before", string.Create(CultureInfo.InvariantCulture, $"{After.At.UtcTicks}-{After.Id:N}")),
            ("page", Number.ToString(CultureInfo.InvariantCulture)),
        ];

    private static MessagePosition? Position(string? text) =>
        text?.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParseExact(id, "N", out var message)
            ? new MessagePosition { At = new DateTimeOffset(at, TimeSpan.Zero), Id = message }
            : null;
}
