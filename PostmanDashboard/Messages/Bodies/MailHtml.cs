namespace PostmanDashboard.Messages.Bodies;

/// <summary>The HTML that mail programs show and that harms nobody.</summary>
internal static class MailHtml
{
    public static readonly string[] Schemes = ["https", "mailto", "cid"];

    public static readonly string[] Tags =
    [
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
        "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span",
        "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    ];

    public static readonly string[] Attributes =
    [
        "abbr", "align", "alt", "aria-hidden", "aria-label", "background", "bgcolor", "border", "cellpadding", "cellspacing", "cite", "color", "cols",
        "colspan", "datetime", "dir", "face", "headers", "height", "href", "hspace", "lang", "noshade", "nowrap", "rel", "role", "rowspan", "rules",
        "scope", "size", "span", "src", "start", "style", "summary", "target", "title", "type", "valign", "value", "vspace", "width",
    ];

    public static readonly string[] CssProperties =
    [
        "background", "background-color", "background-image", "background-position", "background-repeat", "background-size", "border",
        "border-bottom", "border-bottom-color", "border-bottom-left-radius", "border-bottom-right-radius", "border-bottom-style",
        "border-bottom-width", "border-collapse", "border-color", "border-left", "border-left-color", "border-left-style", "border-left-width",
        "border-radius", "border-right", "border-right-color", "border-right-style", "border-right-width", "border-spacing", "border-style",
        "border-top", "border-top-color", "border-top-left-radius", "border-top-right-radius", "border-top-style", "border-top-width",
        "border-width", "box-sizing", "caption-side", "clear", "color", "direction", "display", "empty-cells", "float", "font", "font-family",
        "font-size", "font-style", "font-variant", "font-weight", "height", "letter-spacing", "line-height", "list-style", "list-style-position",
        "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-height", "max-width", "min-height",
        "min-width", "opacity", "overflow", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "table-layout",
        "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "visibility", "white-space", "width", "word-break",
        "word-spacing", "word-wrap",
    ];

    /// <summary>Whether an address means something in a mail: it has a scheme, or leads to a place in the same mail.</summary>
    public static bool IsWhole(string? address) =>
        address is not null && (address.StartsWith('#') || Schemes.Any(scheme => address.StartsWith($"{scheme}:", StringComparison.OrdinalIgnoreCase)));
}
