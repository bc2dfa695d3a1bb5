using System.Globalization;
using System.Text.RegularExpressions;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>What a replacement may be called: like the key that it replaces, with the next number that is free.</summary>
public static partial class ReplacementLabel
{
    /// <summary>“Grants” gives “Grants (2)”, and that gives “Grants (3)”. A label of full length loses its end to the number.</summary>
    /// <param name="taken">The labels of the account's keys, normalized.</param>
    public static string Suggest(string label, IReadOnlySet<string> taken)
    {
        var numbered = Numbered().Match(label);
        var (name, first) = numbered.Success
            ? (numbered.Groups["name"].Value, int.Parse(numbered.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) + 1)
            : (label, 2);
        return Enumerable.Range(first, taken.Count + 1).Select(number => Join(name, $" ({number})")).First(
            candidate => !taken.Contains(ApiKeyLabel.Normalize(candidate)));
    }

    private static string Join(string name, string ending)
    {
        var length = Math.Min(name.Length, ApiKeyLabel.MaxLength - ending.Length);
        // Not between the two halves of a character.
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)].TrimEnd() + ending;
    }

    // Few digits: a label may end in a year or a case number, in brackets, that nobody counts on from.
    [GeneratedRegex(@"^(?<name>.*\S) \((?<number>[0-9]{1,3})\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
