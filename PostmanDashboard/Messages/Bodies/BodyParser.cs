using AngleSharp;
using AngleSharp.Css;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PostmanDashboard.Messages.Bodies;

/// <summary>Parses a body, unless it goes beyond <see cref="BodyLimits"/>.</summary>
internal static class BodyParser
{
    // As HtmlSanitizer parses by itself: it looks at all that is written in a style.
    private static readonly CssParserOptions Css =
        new() { IsIncludingUnknownDeclarations = true, IsIncludingUnknownRules = true, IsToleratingInvalidSelectors = true };

    /// <returns>Null for a body that goes beyond a limit.</returns>
    public static IHtmlDocument? Parse(string html)
    {
        var limits = new BodyLimits();
        IHtmlDocument? document = null;
        try
        {
            document = CreateParser(limits).ParseDocument($"<!doctype html><html><body>{html}");
            limits.CheckTree(document);
            return document;
        }
        catch (BodyLimits.TooMuch)
        {
            document?.Dispose();
            return null;
        }
    }

    /// <param name="html">A body that was cleaned before.</param>
    public static IHtmlDocument ParseCleaned(string html) => new HtmlParser().ParseDocument(html);

    private static HtmlParser CreateParser(BodyLimits limits)
    {
        var plain = BrowsingContext.New(Configuration.Default).GetService<IElementFactory<Document, HtmlElement>>()!;
        var configuration = Configuration.Default.With(limits).WithCss(Css)
            // Style sheets go anyway; to parse them could take for ever, or run out of stack. What parses styles of elements stays.
            .Without<IStylingService>()
            .WithOnly<IElementFactory<Document, HtmlElement>>(new CountingFactory(plain, limits));
        var options = new HtmlParserOptions
        {
            IsScripting = true,
            // They go anyway, one by one.
            SkipComments = true,
            OnToken = (token, _) => limits.CheckToken(token),
            OnCreated = (element, _) => limits.CheckDepth(element),
        };
        return new HtmlParser(options, BrowsingContext.New(configuration));
    }

    private sealed class CountingFactory(IElementFactory<Document, HtmlElement> inner, BodyLimits limits) : IElementFactory<Document, HtmlElement>
    {
        public HtmlElement Create(Document document, string localName, string? prefix = null, NodeFlags flags = NodeFlags.None)
        {
            limits.CountElement(localName);
            return inner.Create(document, localName, prefix, flags);
        }
    }
}
