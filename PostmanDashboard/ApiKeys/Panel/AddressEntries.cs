using System.Text.RegularExpressions;

namespace PostmanDashboard.ApiKeys.Panel;

/// <summary>What somebody means by a list of addresses, typed or pasted.</summary>
internal static partial class AddressEntries
{
    private static readonly char[] Separators = [',', ';', ' ', '\t', '\r', '\n', '\u00a0'];

    /// <returns>Each entry, whether it is an address or not. Of <c>Mei Tan &lt;mei@agency.gov.sg&gt;</c> the address alone.</returns>
    public static IReadOnlyList<string> Of(string text) =>
        NamedMailbox().Replace(text, " $1 ").Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    // A name may hold commas (Tan, Mei), and no @, which keeps it apart from an address before it. Its length is bounded so that no
    // text takes long to look through.
    [GeneratedRegex("""(?<=^|[\s,;>])(?:"[^"]{0,100}"|[^;<>@"]){0,100}<([^<>]+)>""", RegexOptions.CultureInvariant)]
    private static partial Regex NamedMailbox();
}
