using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PostmanDashboard.Messages.Bodies;

/// <summary>Writes a body as plain text, for those who read mail without HTML: paragraphs, lists, the words of pictures, where links lead.</summary>
internal sealed partial class BodyText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "caption", "center", "div", "dl", "dt", "dd", "figure", "figcaption", "footer", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    };

    private static readonly HashSet<string> Apart = new(StringComparer.OrdinalIgnoreCase)
    {
        "blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul",
    };

    private readonly StringBuilder text = new();

    private BodyText()
    {
    }

    private bool IsAfterSpace => text.Length == 0 || char.IsWhiteSpace(text[^1]);

    /// <param name="body">Cleaned.</param>
    public static string Of(IElement body)
    {
        var writer = new BodyText();
        // A body without a tag was written as text, whose line breaks mean something.
        writer.WriteInside(body, verbatim: body.FirstElementChild is null);
        return TooManyLines().Replace(SpacesBeforeBreak().Replace(writer.text.ToString(), "\n"), "\n\n").Trim() + "\n";
    }

    /// <remarks>Counts as it goes: an element that is asked for its position looks through all its siblings.</remarks>
    private void WriteInside(IElement parent, bool verbatim)
    {
        var (number, first) = (Start(parent), true);
        var words = new StringBuilder();
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText part)
            {
                // Where something was taken out, two texts stand beside each other that are read as one.
                words.Append(part.Data);
            }
            else if (node is IElement element)
            {
                WriteWords(words, verbatim);
                Write(element, verbatim, first, number);
                (number, first) = (element.LocalName == "li" ? number + 1 : number, false);
            }
        }

        WriteWords(words, verbatim);
    }

    private void WriteWords(StringBuilder words, bool verbatim)
    {
        var lines = WithLineFeeds(words.ToString());
        text.Append(verbatim ? lines : Collapse(lines));
        words.Clear();
    }

    private void Write(IElement element, bool verbatim, bool first, int number)
    {
        var name = element.LocalName;
        var block = Blocks.Contains(name);
        Break(block, Apart.Contains(name));
        text.Append(Before(element, first, number));
        WriteInside(element, verbatim || name == "pre");
        text.Append(After(element));
        Break(block, Apart.Contains(name));
    }

    private void Break(bool block, bool apart)
    {
        if (block && text.Length > 0)
        {
            text.Append(apart ? "\n\n" : text[^1] == '\n' ? "" : "\n");
        }
    }

    private string Before(IElement element, bool first, int number) => element.LocalName switch
    {
        "br" => "\n",
        "hr" => "----------",
        "img" => WithLineFeeds(element.GetAttribute("alt") ?? ""),
        "li" when element.ParentElement is { LocalName: "ol" } => $"{number}. ",
        "li" => "- ",
        "td" or "th" when !first && !IsAfterSpace => " ",
        _ => "",
    };

    private static string After(IElement element) => element.LocalName switch
    {
        "a" when element.GetAttribute("href") is { Length: > 0 } address && !address.StartsWith('#') =>
            Leading(WithLineFeeds(address), WithLineFeeds(element.TextContent).Trim()),
        _ => "",
    };

    /// <returns>Where a link leads, unless its words say so.</returns>
    private static string Leading(string address, string words)
    {
        var shown = address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? address["mailto:".Length..] : address;
        return shown.Equals(words, StringComparison.OrdinalIgnoreCase) ? "" : $" ({shown})";
    }

    private static int Start(IElement list) => int.TryParse(list.GetAttribute("start"), out var start) ? start : 1;

    /// <summary>A body can hold <c>&amp;#13;</c>, which whoever reads the cleaned one takes for the end of a line.</summary>
    private static string WithLineFeeds(string words) => words.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>Line breaks in HTML are no more than spaces, and at the beginning of a line not even that.</summary>
    private string Collapse(string words)
    {
        var collapsed = Spaces().Replace(words, " ");
        return IsAfterSpace ? collapsed.TrimStart(' ') : collapsed;
    }

    [GeneratedRegex(@"[ \t\r\n\f]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<![ \t])[ \t]+\n")]
    private static partial Regex SpacesBeforeBreak();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex TooManyLines();
}
