using AngleSharp;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace PostmanDashboard.Messages;

/// <summary>Takes everything out of a body that a mail can't hold: scripts, forms, frames, links that aren't https, mailto or cid.</summary>
/// <remarks>Its methods can be called side by side: HtmlSanitizer's can, as long as nobody changes its settings.</remarks>
public sealed class BodyCleaner
{
    private readonly HtmlSanitizer sanitizer = Create();

    /// <returns>The HTML that is left, or null when that is neither a word nor a picture.</returns>
    public string? Clean(string html)
    {
        using var document = sanitizer.SanitizeDom(html);
        var body = document.Body!;
        return string.IsNullOrWhiteSpace(body.TextContent) && !HasPicture(document)
            ? null
            : body.ChildNodes.ToHtml(HtmlSanitizer.DefaultOutputFormatter);
    }

    private static bool HasPicture(IHtmlDocument document) => document.Images.Any(image => image.HasAttribute("src"));

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(MailHtml.Tags, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(MailHtml.Attributes, StringComparer.OrdinalIgnoreCase),
            AllowedCssProperties = new HashSet<string>(MailHtml.CssProperties, StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(MailHtml.Schemes, StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href", "src", "background", "cite"], StringComparer.OrdinalIgnoreCase),
        });
        // A mail has no address of its own that anything could be relative to.
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = MailHtml.IsWhole(url.SanitizedUrl) ? url.SanitizedUrl : null;
        return sanitizer;
    }
}
