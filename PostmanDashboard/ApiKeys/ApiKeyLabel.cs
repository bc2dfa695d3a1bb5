using System.Diagnostics.CodeAnalysis;
using System.Text;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.ApiKeys;

/// <summary>The name that an account gave a key: one line of 1 to 100 characters, the same in upper and lower case.</summary>
public sealed record ApiKeyLabel
{
    public const int MaxLength = 100;

    private ApiKeyLabel(string text) => Text = text;

    public string Text { get; }

    public string Normalized => Normalize(Text);

    /// <summary>
    /// Trims, makes one space of every run of white space, so that a pasted line break can't begin a mail header, and takes out
    /// characters that nobody sees.
    /// </summary>
    /// <param name="problem">What to change, when the answer is false.</param>
    public static bool TryParse(
        string? typed, [NotNullWhen(true)] out ApiKeyLabel? label, [NotNullWhen(false)] out string? problem)
    {
        var line = InOneLine(typed ?? "");
        var text = Clean(line);
        problem = text switch
        {
            _ when line.Any(char.IsControl) || text.EnumerateRunes().Contains(Rune.ReplacementChar) =>
                "A label can't contain control characters or broken ones. Type it again without them.",
            "" => "Give the key a label, so that you can tell it from your others.",
            { Length: > MaxLength } => $"A label has at most {MaxLength} characters; this one has {text.Length}.",
            _ => null,
        };
        label = problem is null ? new ApiKeyLabel(text) : null;
        return label is not null;
    }

    /// <summary>What can be seen of a label, in one line; empty when that is nothing.</summary>
    internal static string Clean(string text) => InOneLine(VisibleText.Clean(text));

    /// <summary>What is compared and indexed: labels that look the same are the same, whatever their case and the joiners in them.</summary>
    /// <remarks>
    /// A letter that is composed (é) and the same one in two characters (e and an accent) stay two: putting them into one form takes
    /// tables of Unicode that .NET takes from ICU, and without ICU, as this program runs, <see cref="string.Normalize()"/> returns
    /// what it was given. Keyboards and browsers give the composed one.
    /// </remarks>
    public static string Normalize(string text) => VisibleText.WithoutInvisible(text).ToUpperInvariant();

    private static string InOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
