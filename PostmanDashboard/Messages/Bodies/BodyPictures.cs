using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PostmanDashboard.Messages.Bodies;

/// <summary>Finds which of its files a body shows: in <c>&lt;img src="cid:1"&gt;</c> it is the second, as the Postman before us counted them.</summary>
internal static partial class BodyPictures
{
    private static readonly string[] Places = ["src", "background", "style"];

    /// <param name="body">Cleaned. What its own tag says isn't part of it.</param>
    /// <returns>Positions in their order, of files that there may or may not be.</returns>
    public static IReadOnlyList<int> In(IElement body) =>
    [
        .. body.QuerySelectorAll("*")
            .SelectMany(element => Places.Select(place => element.GetAttribute(place) ?? ""))
            .SelectMany(written => ContentId().Matches(written))
            .Select(found => int.Parse(found.Groups["position"].ValueSpan, CultureInfo.InvariantCulture))
            .Distinct()
            .Order(),
    ];

    // An attribute is such an address, or a style holds it as url("cid:0"). A message has no more than ten files.
    [GeneratedRegex("""(?<![^("'])cid:(?<position>[0-9])(?![^)"'])""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ContentId();
}
