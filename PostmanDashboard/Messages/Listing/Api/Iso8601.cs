using System.Globalization;
using System.Text.RegularExpressions;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>Reads the instants that programs write into addresses.</summary>
internal static partial class Iso8601
{
    private const int TickDigits = 7;

    /// <summary>
    /// A day, or a day and a time of it, with seconds and their fraction or without. Where no zone is written, UTC is meant. The plus of
    /// a zone may have become a space, which is what it stands for in an address.
    /// </summary>
    /// <returns>Null when it is none.</returns>
    public static DateTimeOffset? Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true } read)
        {
            return null;
        }

        // What is finer than a tick is cut off.
        var fraction = Part("fraction", "0").PadRight(TickDigits, '0')[..TickDigits];
        var zone = Part("zone", "Z").ToUpperInvariant();
        var offset = zone == "Z" ? "+00:00" : $"{(zone[0] == '-' ? '-' : '+')}{zone[1..3]}:{(zone.Length > 3 ? zone[^2..] : "00")}";
        var canonical = $"{Part("date", "")}T{Part("time", "00:00")}:{Part("seconds", "00")}.{fraction}{offset}";
        return DateTimeOffset.TryParseExact(
            canonical, "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

        string Part(string name, string otherwise) => read.Groups[name] is { Success: true } group ? group.Value : otherwise;
    }

    [GeneratedRegex(
        @"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})([Tt ](?<time>[0-9]{2}:[0-9]{2})(:(?<seconds>[0-9]{2})([.,](?<fraction>[0-9]{1,30}))?)?"
        + @"(?<zone>[Zz]|[-+ ][0-9]{2}(:?[0-9]{2})?)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
