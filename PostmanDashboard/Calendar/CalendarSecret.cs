using System.Security.Cryptography;
using System.Text;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Calendar;

/// <summary>What makes a calendar's address impossible to guess: 256 random bits in base62, kept only as their SHA-256.</summary>
/// <remarks>A class and not a record, because a record would print the secret.</remarks>
public sealed class CalendarSecret
{
    private const int Length = 43;

    private CalendarSecret(string plaintext) => Plaintext = plaintext;

    /// <summary>Show it once; never log or store it.</summary>
    public string Plaintext { get; }

    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Plaintext));

    public static CalendarSecret Generate() => new(RandomNumberGenerator.GetString(Base62.Digits, Length));

    /// <returns>Null for what can't be a secret of ours.</returns>
    public static CalendarSecret? Read(string text) =>
        text.Length == Length && text.All(char.IsAsciiLetterOrDigit) ? new CalendarSecret(text) : null;

    public override string ToString() => "•••••";
}
