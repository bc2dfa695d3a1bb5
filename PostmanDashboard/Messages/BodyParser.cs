using AngleSharp;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace PostmanDashboard.Messages;

/// <summary>Parses a body, and gives up on one that nobody would write as a mail: a few kilobytes of HTML can ask for gigabytes of elements.</summary>
internal sealed class BodyParser
{
    /// <summary>As many elements as a body may have.</summary>
    public const int MaxElements = 50_000;

    /// <summary>As deep as they may be nested. It also bounds how deep our own methods call themselves.</summary>
    public const int MaxDepth = 256;

    /// <summary>As many attributes as one of them may have.</summary>
    public const int MaxAttributes = 100;

    // As HtmlSanitizer parses by itself: it looks at all that is written in a style.
    private static readonly CssParserOptions Css = new() { IsIncludingUnknownDeclarations = true, IsIncludingUnknownRules = true, IsToleratingInvalidSelectors = true };

    private int elements;
    private IElement? newest;

    private BodyParser()
    {
    }

    /// <returns>Null for a body with too many elements or attributes, or nested too deeply.</returns>
    public static IHtmlDocument? Parse(string html)
    {
        try
        {
            var document = new BodyParser().CreateParser().ParseDocument($"<!doctype html><html><body>{html}");
            if (IsTooDeep(document))
            {
                document.Dispose();
                return null;
            }

            return document;
        }
        catch (TooMuch)
        {
            return null;
        }
    }

    private HtmlParser CreateParser()
    {
        var plain = BrowsingContext.New(Configuration.Default).GetService<IElementFactory<Document, HtmlElement>>()!;
        var configuration = Configuration.Default.WithCss(Css)
            .WithOnly<IElementFactory<Document, HtmlElement>>(new CountingFactory(plain, this));
        var options = new HtmlParserOptions { IsScripting = true, OnCreated = (element, _) => CheckDepth(element), OnToken = (token, _) => CheckAttributes(token) };
        return new HtmlParser(options, BrowsingContext.New(configuration));
    }

    private static void CheckAttributes(HtmlToken token)
    {
        if (token is HtmlTagToken { Attributes.Count: > MaxAttributes })
        {
            throw new TooMuch();
        }
    }

    /// <remarks>
    /// While parsing, because the time that parsing takes grows with the square of the depth. An element gets its place only after
    /// this was called, so the one before it is looked at.
    /// </remarks>
    private void CheckDepth(IElement created)
    {
        var depth = 0;
        for (var parent = newest?.Parent; parent is not null; parent = parent.Parent)
        {
            if (++depth > MaxDepth)
            {
                throw new TooMuch();
            }
        }

        newest = created;
    }

    private void Count()
    {
        if (++elements > MaxElements)
        {
            throw new TooMuch();
        }
    }

    /// <remarks>Without calling itself. Elements of SVG and MathML pass the check above.</remarks>
    private static bool IsTooDeep(IDocument document)
    {
        var (depth, node) = (0, (INode?)document.DocumentElement);
        while (node is not null && depth <= MaxDepth)
        {
            if (node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                (node, depth) = (node.Parent is IDocument ? null : node.Parent, depth - 1);
            }

            node = node?.NextSibling;
        }

        return depth > MaxDepth;
    }

    private sealed class TooMuch : Exception;

    /// <summary>Counts copies as well: a format that was never closed is copied into every paragraph after it.</summary>
    private sealed class CountingFactory(IElementFactory<Document, HtmlElement> inner, BodyParser parser) : IElementFactory<Document, HtmlElement>
    {
        public HtmlElement Create(Document document, string localName, string? prefix = null, NodeFlags flags = NodeFlags.None)
        {
            parser.Count();
            return inner.Create(document, localName, prefix, flags);
        }
    }
}
