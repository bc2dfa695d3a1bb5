using AngleSharp;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace PostmanDashboard.Messages.Bodies;

/// <summary>Takes everything out of a body that a mail can't hold: scripts, forms, frames, links that aren't https, mailto or cid. What is left
/// is read as text in the same go.</summary>
/// <remarks>Its methods can be called side by side: HtmlSanitizer's can, as long as nobody changes its settings.</remarks>
public sealed class BodyCleaner
{
    private readonly HtmlSanitizer sanitizer = Create();

    public CleanResult Clean(string html)
    {
        using var document = BodyParser.Parse(html);
        if (document is null)
        {
            return new CleanResult.TooComplex();
        }

        // A body can turn itself into a set of frames, which no mail has.
        if (document.Body is not { } body)
        {
            return new CleanResult.NothingLeft();
        }

        sanitizer.SanitizeDom(document, body);
        return string.IsNullOrWhiteSpace(body.TextContent) && !HasPicture(document)
            ? new CleanResult.NothingLeft()
            : new CleanResult.Cleaned(new CleanedBody(body.ChildNodes.ToHtml(HtmlSanitizer.DefaultOutputFormatter), BodyText.Of(body), BodyPictures.In(body)));
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
