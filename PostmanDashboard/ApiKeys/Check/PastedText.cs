using System.Globalization;
using System.Net;

namespace PostmanDashboard.ApiKeys.Check;

/// <summary>What someone pasted to check a key: the key alone, or the line of a file or log that contains it.</summary>
internal static class PastedText
{
    /// <summary>So many characters in a row are hardly a word: a key whose beginning was left behind, for example.</summary>
    private const int LongRun = 40;

    /// <returns>Every whole token in it, also one that a narrow column broke in two or an address bar escaped.</returns>
    public static IReadOnlyList<ApiKeyToken> FindTokens(string text)
    {
        string[] readings = [text, Joined(text), Joined(WebUtility.UrlDecode(text))];
        return [.. readings.SelectMany(ApiKeyToken.FindAll).DistinctBy(token => token.Plaintext)];
    }

    /// <returns>Whether it looks like a key, though no whole one is in it: mistyped, or cut off at either end.</returns>
    public static bool LooksLikeKey(string text)
    {
        var joined = Joined(text);
        return joined.Contains(ApiKeyToken.Prefix, StringComparison.OrdinalIgnoreCase) || LongestRun(joined) >= LongRun;
    }

    /// <summary>White space and characters that nobody sees come along with what is copied, and are never part of a key.</summary>
    private static string Joined(string text) => string.Concat(text.Where(character =>
        !char.IsWhiteSpace(character) && !char.IsControl(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format));

    private static int LongestRun(string text)
    {
        var (longest, current) = (0, 0);
        foreach (var character in text)
        {
            current = char.IsAsciiLetterOrDigit(character) ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
