namespace PostmanDashboard.Messages.Listing;

/// <summary>Where the kinds of <see cref="MessageDelay"/> end, for the database and for queries.</summary>
internal static class MessageDelays
{
    /// <summary>A shadow property of messages: programs and people don't see it.</summary>
    public const string Column = "Delay";

    /// <returns>What no delay of this kind exceeds. Null for the longest.</returns>
    public static TimeSpan? Limit(MessageDelay delay) => delay switch
    {
        MessageDelay.UpToOneMinute => TimeSpan.FromMinutes(1),
        MessageDelay.UpToTenMinutes => TimeSpan.FromMinutes(10),
        MessageDelay.UpToTwoHours => TimeSpan.FromHours(2),
        MessageDelay.UpToOneDay => TimeSpan.FromDays(1),
        MessageDelay.Longer => null,
        _ => throw new ArgumentOutOfRangeException(nameof(delay), delay, null),
    };

    /// <summary>The kind as SQL, out of two columns of ticks. A clock that was set back counts as no delay.</summary>
    public static string Sql()
    {
        var cases = Enum.GetValues<MessageDelay>().Select(delay => Limit(delay) is { } limit
            ? $"WHEN \"UpdatedAt\" - \"CreatedAt\" <= {limit.Ticks} THEN {(int)delay}"
            : $"ELSE {(int)delay}");
        return $"CASE {string.Join(' ', cases)} END";
    }
}
