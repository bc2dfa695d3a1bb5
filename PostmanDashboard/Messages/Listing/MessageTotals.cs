using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Messages.Listing;

/// <summary>How many messages a list has on all its pages.</summary>
/// <param name="All">At most one more than <see cref="Most"/>, which stands for any number above.</param>
/// <param name="Bounced">Those of them that bounced, in the same way. Null when the list has one status only.</param>
public sealed record MessageTotals(int All, int? Bounced)
{
    /// <summary>No more are counted, so that a count costs little however many there are.</summary>
    public const int Most = 10_000;

    /// <summary><c>60 messages, 20 bounced</c>, <c>More than 10,000 messages</c></summary>
    public string InWords() => Bounced is > 0 and { } bounced ? $"{Upper(Format(All, " message", " messages"))}, {Format(bounced, "", "")} bounced"
        : Upper(Format(All, " message", " messages"));

    private static string Format(int counted, string one, string many) => counted > Most
        ? $"more than {Quantity.FormatNumber(Most)}{many}"
        : $"{Quantity.FormatNumber(counted)}{(counted == 1 ? one : many)}";

    private static string Upper(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
