using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Net.Http.Headers;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>What a browser got for an address.</summary>
/// <param name="Address">The path and query that were asked for.</param>
/// <param name="Location">Where a redirect leads: path and query on our own site, the whole address elsewhere. Null for a page.</param>
public sealed record VisitedPage(
    string Address, HttpStatusCode Status, string? Location, IReadOnlyList<SetCookieHeaderValue> SetCookies, string Html)
{
    private readonly Lazy<IHtmlDocument> document = new(() => new HtmlParser().ParseDocument(Html));

    public IHtmlDocument Document => document.Value;

    public string? Heading => TextOf("h1");

    /// <summary>What the page says went wrong. Null when nothing did.</summary>
    public string? Problem => TextOf("[role=alert]");

    /// <summary>What the page tells beside. Null when it tells nothing.</summary>
    public string? Notice => TextOf("[role=status]");

    /// <summary>What there is to be read on the page, in one line.</summary>
    public string Text => string.Join(' ', Document.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The form with a button of this name.</summary>
    public IHtmlFormElement Form(string button) => Document.Forms.Single(
        form => form.QuerySelectorAll("button").Any(candidate => candidate.TextContent.Trim() == button));

    private string? TextOf(string selector) => Document.QuerySelector(selector)?.TextContent.Trim();
}
