using System.Globalization;
using System.Text;

namespace PostmanDashboard.Shell.Logging;

/// <summary>Texts that are safe in a line of the log: whatever a caller wrote can't start or end a line, or control a terminal.</summary>
internal static class LogText
{
    /// <returns>The text with everything that isn't visible as such written as <c>\n</c> or <c>\u001b</c>.</returns>
    public static string Escape(string text)
    {
        var first = FirstUnsafe(text);
        if (first < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var at = first; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text, at))
            {
                escaped.Append(text, at++, 2);
            }
            else if (IsSafe(text[at]))
            {
                escaped.Append(text[at]);
            }
            else
            {
                Append(escaped, text[at]);
            }
        }

        return escaped.ToString();
    }

    private static int FirstUnsafe(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!IsSafe(text[at]))
            {
                return at;
            }
        }

        return -1;
    }

    /// <remarks>A format character may turn the direction of writing (U+202E) or be nothing to see at all; half a pair is no character.</remarks>
    private static bool IsSafe(char character) => character is >= ' ' and <= '~' || char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);

    private static void Append(StringBuilder escaped, char character) => _ = character switch
    {
        '\n' => escaped.Append(@"\n"),
        '\r' => escaped.Append(@"\r"),
        '\t' => escaped.Append(@"\t"),
        _ => escaped.Append(CultureInfo.InvariantCulture, $@"\u{(int)character:x4}"),
    };
}
