using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PostmanDashboard.ApiKeys;

/// <summary>The name that an account gave a key: one line of 1 to 100 characters, the same in upper and lower case.</summary>
public sealed record ApiKeyLabel
{
    public const int MaxLength = 100;

    private ApiKeyLabel(string text) => Text = text;

    public string Text { get; }

    public string Normalized => Text.ToUpperInvariant();

    /// <summary>Trims, and makes one space of every run of white space, so that a pasted line break can't begin a mail header.</summary>
    /// <param name="problem">What to change, when the answer is false.</param>
    public static bool TryParse(
        string? typed, [NotNullWhen(true)] out ApiKeyLabel? label, [NotNullWhen(false)] out string? problem)
    {
        var text = string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        problem = text switch
        {
            _ when !text.EnumerateRunes().Any(IsVisible) => "Give the key a label, so that you can tell it from your others.",
            { Length: > MaxLength } => $"A label has at most {MaxLength} characters; this one has {text.Length}.",
            _ when text.Any(char.IsControl) || text.EnumerateRunes().Contains(Rune.ReplacementChar) => "A label can't hold control characters or broken ones. Type it again without them.",
            _ => null,
        };
        label = problem is null ? new ApiKeyLabel(text) : null;
        return label is not null;
    }

    /// <remarks>Joiners and marks of direction, without a letter to join, would make a label that looks empty.</remarks>
    private static bool IsVisible(Rune character) =>
        Rune.GetUnicodeCategory(character) is not (UnicodeCategory.Format or UnicodeCategory.SpaceSeparator);
}
