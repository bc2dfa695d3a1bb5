namespace PostmanDashboard.ApiKeys.Networks;

/// <summary>What became of a key's networks, in a few words for the reader of its activity.</summary>
internal static class NetworksChange
{
    /// <summary>Of the ranges that are named on one side, so that both sides fit, whatever the lists are.</summary>
    private const int Room = 220;

    /// <returns><c>Anywhere → 10.0.0.0/8</c>, or <c>Added 10.0.0.0/8. Removed 192.0.2.0/24.</c> Null where both are the same, perhaps in another
    /// order.</returns>
    public static string? InWords(NetworkList before, NetworkList after)
    {
        if (before.IsAnywhere != after.IsAnywhere)
        {
            return $"{Name(before)} → {Name(after)}";
        }

        var parts = new[] { Named("Added", after.Ranges.Except(before.Ranges)), Named("Removed", before.Ranges.Except(after.Ranges)) };
        return string.Join(' ', parts.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    private static string Name(NetworkList networks) => networks.IsAnywhere ? networks.ToString() : Listed(networks.Ranges);

    private static string? Named(string what, IEnumerable<string> ranges) => ranges.ToList() is { Count: > 0 } list ? $"{what} {Listed(list)}." : null;

    private static string Listed(IReadOnlyList<string> ranges)
    {
        var shown = ranges.Count;
        while (string.Join(", ", ranges.Take(shown)).Length > Room)
        {
            shown--;
        }

        return string.Join(", ", ranges.Take(shown)) + (shown < ranges.Count ? $" and {ranges.Count - shown} more" : "");
    }
}
