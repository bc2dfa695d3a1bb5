using System.Text;

namespace PostmanDashboard.Calendar;

/// <summary>Folds the lines of a calendar as RFC 5545 (3.1) requires: at 75 bytes of UTF-8, and never within a character.</summary>
/// <remarks>Ical.Net counts UTF-16 units, and cuts what needs two of them, such as an emoji, into halves that UTF-8 can't express.</remarks>
internal static class FoldedLines
{
    private const int MaxBytes = 75;
    private const string Fold = "\r\n ";

    public static string Refold(string calendar)
    {
        var folded = new StringBuilder(calendar.Length);
        var bytes = 0;
        foreach (var character in calendar.Replace(Fold, "", StringComparison.Ordinal).EnumerateRunes())
        {
            if (character.Value is '\r' or '\n')
            {
                bytes = 0;
            }
            else if ((bytes += character.Utf8SequenceLength) > MaxBytes)
            {
                folded.Append(Fold);
                bytes = 1 + character.Utf8SequenceLength;
            }

            folded.Append(character);
        }

        return folded.ToString();
    }
}
