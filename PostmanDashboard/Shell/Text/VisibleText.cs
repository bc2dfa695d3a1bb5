using System.Globalization;
using System.Text;

namespace PostmanDashboard.Shell.Text;

/// <summary>What can be seen of a line that a person or a program wrote: labels, subjects, names, and what people paste.</summary>
/// <remarks>
/// Characters that nobody sees make two lines look alike, and marks of direction (U+202E and its kind) show one reversed: in tables,
/// mails and calendars alike. A joiner, a variation selector or a tag stays where a script or an emoji needs it, and nowhere else.
/// </remarks>
public static class VisibleText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;
    private const int BlackFlag = 0x1F3F4;

    /// <summary>Unicode's Default_Ignorable_Code_Point, and blanks that count as letters or symbols, without what is of category Format anyway.</summary>
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x2800, 0x2800), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
    ];

    /// <summary>The signs of category Format that are seen: they surround Arabic, Syriac or Kaithi numbers.</summary>
    private static readonly (int First, int Last)[] SeenFormats =
        [(0x0600, 0x0605), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891), (0x08E2, 0x08E2), (0x110BD, 0x110BD), (0x110CD, 0x110CD)];

    /// <summary>One line of what is seen: without invisible characters and controls, and with a space for a line break.</summary>
    public static string Clean(string text) => IsPlain(text) ? text : Rebuild(text);

    /// <summary>Without every character that isn't seen, joiners included: for comparing, and for what has no use for them.</summary>
    public static string WithoutInvisible(string text) => IsPlain(text) ? text : string.Concat(text.EnumerateRunes().Where(rune => !IsInvisible(rune)));

    /// <summary>Whether a character shows nothing by itself. White space and control characters don't count.</summary>
    public static bool IsInvisible(Rune rune) =>
        (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && !IsIn(SeenFormats, rune)) || IsIn(Ignorable, rune);

    /// <summary>Whether a character changes the direction of the text that follows it.</summary>
    public static bool Turns(char character) => character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Whether a character could end a line, and so a header, or control a terminal.</summary>
    public static bool IsControl(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private static string Rebuild(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        var seen = new StringBuilder(text.Length);
        Rune? before = null;
        for (var index = 0; index < runes.Count; index++)
        {
            var rune = EndsLine(runes[index]) ? new Rune(' ') : runes[index];
            if (!Rune.IsControl(rune) && (!IsInvisible(rune) || IsNeeded(rune, before, index + 1 < runes.Count ? runes[index + 1] : null)))
            {
                seen.Append(rune.ToString());
                before = rune;
            }
        }

        return seen.ToString();
    }

    private static bool EndsLine(Rune rune) => Rune.IsWhiteSpace(rune) && IsControl((char)rune.Value);

    /// <param name="before">What is shown before it; null at the beginning.</param>
    private static bool IsNeeded(Rune rune, Rune? before, Rune? after) => before is { } last && rune.Value switch
    {
        ZeroWidthNonJoiner or ZeroWidthJoiner => IsJoined(last) && after is { } next && IsJoined(next),
        0xFE0E or 0xFE0F => !Rune.IsLetter(last) && !Rune.IsWhiteSpace(last) && !IsInvisible(last),
        (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180F) => Rune.GetUnicodeCategory(last) == UnicodeCategory.OtherLetter,
        >= 0xE0020 and <= 0xE007F => last.Value is BlackFlag or (>= 0xE0020 and <= 0xE007F),
        _ => false,
    };

    /// <summary>Joiners mean something within scripts and emoji, and nothing in Latin, Greek or Cyrillic, to which all letters in two cases belong.</summary>
    private static bool IsJoined(Rune rune) => rune.Value is 0xFE0E or 0xFE0F || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherSymbol
            or UnicodeCategory.ModifierSymbol;

    /// <summary>Spares nearly every text the closer look.</summary>
    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsIn((int First, int Last)[] ranges, Rune rune) => Array.Exists(ranges, range => rune.Value >= range.First && rune.Value <= range.Last);
}
