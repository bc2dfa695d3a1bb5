using AngleSharp.Dom;
using AngleSharp.Html.Parser.Tokens;
using PostmanDashboard.Messages.Sending;

namespace PostmanDashboard.Messages.Bodies;

/// <summary>Gives up on a body that nobody would write as a mail: a few kilobytes of HTML can ask for gigabytes of memory, for
/// hours, or for more stack than there is.</summary>
internal sealed class BodyLimits : IAttributeObserver
{
    /// <summary>As many elements as a body may have.</summary>
    public const int MaxElements = 20_000;

    /// <summary>As deep as they may be nested. It also bounds how deep our own methods call themselves.</summary>
    public const int MaxDepth = 256;

    /// <summary>As many attributes as one of them may have.</summary>
    public const int MaxAttributes = 100;

    /// <summary>As long as one style may be, in characters.</summary>
    public const int MaxStyleLength = 2048;

    /// <summary>As long as all styles may be together, in characters.</summary>
    public const int MaxStylesLength = 256 * 1024;

    /// <summary>The parser of CSS calls itself for each bracket that opens, and running out of stack ends the process.</summary>
    private const int MaxStyleBrackets = 100;

    /// <summary>As many frames as a body may have, none of which stays. Whenever an element is taken out, AngleSharp looks through all of them.</summary>
    private const int MaxFrames = 100;

    /// <summary>As many tags, and texts between them, as a body may have: what ends an element, or nothing, takes time as well.</summary>
    private const int MaxTokens = 4 * MaxElements;

    /// <summary>As long as all attributes may be together, in characters. The parser copies formats that were never closed, with all that they have.</summary>
    private const int MaxAttributesLength = 2 * MessageRules.BodyMaxBytes;

    private int elements;
    private int frames;
    private int tokens;
    private long attributesLength;
    private long stylesLength;
    private bool isParsed;
    private IElement? newest;

    /// <summary>To be called for each element; copies count as well.</summary>
    public void CountElement(string name) => Refuse(++elements > MaxElements || (name is "iframe" or "frame" && ++frames > MaxFrames));

    public void CheckToken(HtmlToken token) => Refuse(++tokens > MaxTokens || (token is HtmlTagToken tag && IsTooMuch(tag)));

    /// <remarks>
    /// While parsing, because the time that parsing takes grows with the square of the depth. An element gets its place only after
    /// this was called, so the one before it is looked at.
    /// </remarks>
    public void CheckDepth(IElement created)
    {
        var depth = 0;
        for (var parent = newest?.Parent; parent is not null; parent = parent.Parent)
        {
            Refuse(++depth > MaxDepth);
        }

        newest = created;
    }

    /// <summary>Is told of the attributes of each element, before its style is parsed; copies count as well.</summary>
    void IAttributeObserver.NotifyChange(IElement host, string name, string? value)
    {
        if (isParsed)
        {
            return;
        }

        // With what it takes to write them.
        attributesLength += name.Length + (value?.Length ?? 0) + 4;
        stylesLength += name == AttributeNames.Style ? value?.Length ?? 0 : 0;
        Refuse(attributesLength > MaxAttributesLength || stylesLength > MaxStylesLength);
    }

    /// <summary>To be called when all is parsed: elements of SVG and MathML, and copies, get past the check before.</summary>
    /// <remarks>Without calling itself, or asking a node for the next: it would look through all its siblings.</remarks>
    public void CheckTree(IDocument document)
    {
        isParsed = true;
        var open = new Stack<(INode Node, int Depth)>([(document, 0)]);
        while (open.TryPop(out var next))
        {
            Refuse(next.Depth > MaxDepth);
            foreach (var child in next.Node.ChildNodes)
            {
                open.Push((child, next.Depth + 1));
            }
        }
    }

    private static bool IsTooMuch(HtmlTagToken tag)
    {
        var style = tag.GetAttribute(AttributeNames.Style);
        return tag.Attributes.Count > MaxAttributes || style.Length > MaxStyleLength || style.Count('(') > MaxStyleBrackets;
    }

    private static void Refuse(bool isTooMuch)
    {
        if (isTooMuch)
        {
            throw new TooMuch();
        }
    }

    public sealed class TooMuch : Exception;
}
