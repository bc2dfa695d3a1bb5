using System.Text.RegularExpressions;

namespace PostmanDashboard.Mail.Addresses;

/// <summary>What someone means by a list of addresses, typed or pasted: from Outlook, a spreadsheet, a web page or a sentence.</summary>
internal static partial class AddressEntries
{
    private static readonly char[] Openings = ['\'', '"', '`', '‘', '’', '“', '”', '«', '»', '(', '[', '{', '<', '•', '·'];
    private static readonly char[] Closings = ['\'', '"', '`', '‘', '’', '“', '”', '«', '»', ')', ']', '}', '>', '.', ':', '!', '?'];
    private static readonly string[] Schemes = ["mailto:", "smtp:"];

    /// <returns>
    /// Each entry once, whether it is an address or not. Of <c>Mei @ Grants &lt;mei@agency.gov.sg&gt;</c> the address alone; without
    /// quotation marks, brackets, <c>mailto:</c> and a full stop around it.
    /// </returns>
    public static IReadOnlyList<string> Of(string text)
    {
        var halfWidth = TypedAddress.ToHalfWidth(text);
        var entries = new List<string>();
        var behind = 0;
        foreach (var mailbox in Bracketed().Matches(halfWidth).Where(mailbox => mailbox.Groups["address"].Value.Contains('@', StringComparison.Ordinal)))
        {
            entries.AddRange(BesideName(halfWidth[behind..mailbox.Index]));
            entries.AddRange(Split(mailbox.Groups["address"].Value));
            behind = mailbox.Index + mailbox.Length;
        }

        entries.AddRange(Split(halfWidth[behind..]));
        return [.. entries.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The address, where someone means one alone.</summary>
    public static string Single(string? text) => Of(text ?? "") is [var single] ? single : text ?? "";

    /// <summary>
    /// The entries in front of a mailbox in brackets, without its name. That begins behind the last semicolon, line break or address and
    /// may hold commas (Tan, Mei) and an @ by itself.
    /// </summary>
    private static IEnumerable<string> BesideName(string text)
    {
        var unquoted = Quoted().Replace(text, " ");
        var name = unquoted.LastIndexOfAny([';', '\r', '\n']) + 1;
        var parts = unquoted[name..].Split(',');
        return Split(unquoted[..name])
            .Concat(parts[..^1].SelectMany(Split).Where(entry => entry.Contains('@', StringComparison.Ordinal)))
            .Concat(Split(parts[^1]).Where(entry => EmailAddress.TryParseRecipient(entry, out _)));
    }

    private static IEnumerable<string> Split(string text) =>
        Separator().Split(Remark().Replace(text, " ")).Select(Unwrap).Where(entry => entry.Any(char.IsLetterOrDigit));

    private static string Unwrap(string entry)
    {
        var bare = entry.TrimStart(Openings).TrimEnd(Closings);
        if (Array.Find(Schemes, scheme => bare.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            return bare;
        }

        // Of mailto:mei@agency.gov.sg?subject=Keys (RFC 6068) the address.
        return Uri.UnescapeDataString(bare[found.Length..].Split('?')[0]);
    }

    /// <summary>Also one whose end was cut off.</summary>
    [GeneratedRegex("<(?<address>[^<>]*)(?:>|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    /// <summary>(Mei Tan), as some programs write a name behind its address.</summary>
    [GeneratedRegex(@"\([^()@]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Remark();

    [GeneratedRegex(@"[\s,;]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
