using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace PostmanDashboard.Messages.Bodies;

/// <summary>Finds which of its files a body shows: in <c>&lt;img src="cid:1"&gt;</c> it is the second, as the Postman before us counted them.</summary>
internal static partial class BodyPictures
{
    private static readonly string[] Places = ["src", "background", "style"];

    /// <param name="html">A cleaned body.</param>
    /// <returns>Positions, of files that there may or may not be.</returns>
    public static IReadOnlySet<int> In(string html)
    {
        if (!html.Contains("cid:", StringComparison.OrdinalIgnoreCase))
        {
            return new HashSet<int>();
        }

        using var document = new HtmlParser().ParseDocument(html);
        return document.All
            .SelectMany(element => Places.Select(place => element.GetAttribute(place) ?? ""))
            .SelectMany(written => ContentId().Matches(written))
            .Select(found => int.Parse(found.Groups["position"].ValueSpan, CultureInfo.InvariantCulture))
            .ToHashSet();
    }

    // An attribute is such an address, or a style holds it as url("cid:0"). A message has no more than ten files.
    [GeneratedRegex("""(?<![^("'])cid:(?<position>[0-9])(?![^)"'])""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ContentId();
}
