using System.Globalization;
using System.Text;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Mail.Addresses;

/// <summary>Reads an address as people type and paste it: with what nobody sees beside it, in full width, with letters in its
/// domain that aren't ASCII.</summary>
internal static class TypedAddress
{
    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const int FullWidthOffset = FullWidthFirst - '!';

    private static readonly IdnMapping Domains = new() { UseStd3AsciiRules = true };

    /// <returns>What is before the @ and behind it, the domain in ASCII; something else when there isn't one @.</returns>
    public static string[] Read(string? typed)
    {
        var text = Trim(ToHalfWidth(typed ?? ""));
        // Within an address, what turns its direction would show another one than mail goes to.
        var parts = text.Any(VisibleText.Turns) ? [] : VisibleText.WithoutInvisible(text).Split('@');
        return parts is [var local, var domain] ? [local, ToAscii(domain)] : parts;
    }

    /// <summary>Full-width characters, as Chinese and Japanese keyboards write them, as the ASCII that they stand for.</summary>
    public static string ToHalfWidth(string text) => Ascii.IsValid(text) ? text : string.Create(text.Length, text, (narrow, wide) =>
    {
        for (var index = 0; index < wide.Length; index++)
        {
            narrow[index] = wide[index] switch
            {
                >= FullWidthFirst and <= FullWidthLast and var character => (char)(character - FullWidthOffset),
                '\u3002' or '\uFF61' => '.',
                '\u3001' or '\uFF64' => ',',
                var character => character,
            };
        }
    });

    private static string Trim(string text)
    {
        var (first, last) = (0, text.Length);
        while (first < last && IsNothing(text[first]))
        {
            first++;
        }

        while (last > first && IsNothing(text[last - 1]))
        {
            last--;
        }

        return text[first..last];
    }

    private static bool IsNothing(char character) => char.IsWhiteSpace(character) || (Rune.TryCreate(character, out var rune) && VisibleText.IsInvisible(rune));

    private static string ToAscii(string domain)
    {
        // A mark apart from its letter (as macOS writes file names) makes another name in ASCII, and can't be put together here.
        if (Ascii.IsValid(domain) || !domain.EnumerateRunes().All(IsInDomain))
        {
            return domain;
        }

        try
        {
            return Domains.GetAscii(domain.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            // An empty or overlong part, for example.
            return domain;
        }
    }

    private static bool IsInDomain(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '-'
        || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && rune.Value is < 0x0300 or > 0x036F);
}
