using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.ApiKeys;

/// <summary>
/// An API key as its holder sends it: <c>pgsg_</c>, 43 random base62 characters (256 bits), and a checksum of 6.
/// </summary>
/// <remarks>
/// The secret is random, so a plain SHA-256 of it is safe to store (NIST SP 800-63B, ASVS 6.5.2): no salt, no slow hash,
/// and a key is found by one indexed look-up. The checksum is CRC-32C over everything before it, in base62, most significant
/// digit first. A right checksum does not make a key valid; a wrong one spares the look-up.
/// A class and not a record, because a record would print the secret.
/// </remarks>
public sealed partial class ApiKeyToken
{
    public const string Prefix = "pgsg_";
    public const int Length = 54;

    private const int SecretLength = 43;
    private const int ChecksumLength = 6;

    private static readonly SearchValues<char> Base62Characters = SearchValues.Create(Base62.Digits);

    private ApiKeyToken(string plaintext) => Plaintext = plaintext;

    /// <summary>The secret itself. Show it once; never log or store it.</summary>
    public string Plaintext { get; }

    /// <summary>The last five characters, by which people tell their keys apart.</summary>
    public string Hint => Plaintext[^5..];

    /// <summary>SHA-256 of the token: what the database keeps, 32 bytes.</summary>
    public byte[] Hash
    {
        get
        {
            var hash = new byte[SHA256.HashSizeInBytes];
            WriteHash(hash);
            return hash;
        }
    }

    public static ApiKeyToken Generate()
    {
        var body = Prefix + RandomNumberGenerator.GetString(Base62.Digits, SecretLength);
        return new ApiKeyToken(body + Checksum(body));
    }

    /// <summary>Reads what a caller sent. False when it can't be one of our tokens: wrong length, prefix, character or checksum.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKeyToken? token)
    {
        token = IsWellFormed(text) ? new ApiKeyToken(text) : null;
        return token is not null;
    }

    /// <summary>Every token that appears in a text: in quotation marks, behind <c>KEY=</c>, in a line of a log.</summary>
    /// <returns>Each once, in the order of the text. What only looks like one, with a wrong checksum, is left out.</returns>
    public static IReadOnlyList<ApiKeyToken> FindAll(string text) =>
        [.. Shape().Matches(text).Select(match => match.Value).Where(IsWellFormed).Distinct().Select(found => new ApiKeyToken(found))];

    /// <param name="hash">As long as <see cref="Hash"/>.</param>
    public void WriteHash(Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Encoding.ASCII.GetBytes(Plaintext, bytes);
        SHA256.HashData(bytes, hash);
    }

    public override string ToString() => $"{Prefix}•••••{Hint}";

    [GeneratedRegex("pgsg_[0-9A-Za-z]{49}")]
    private static partial Regex Shape();

    private static bool IsWellFormed([NotNullWhen(true)] string? text) =>
        text is { Length: Length }
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Base62Characters)
        && HasRightChecksum(text);

    private static bool HasRightChecksum(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[ChecksumLength];
        WriteChecksum(text[..^ChecksumLength], digits);
        return text.EndsWith(digits, StringComparison.Ordinal);
    }

    private static string Checksum(string body) => string.Create(ChecksumLength, body, (digits, checkedText) => WriteChecksum(checkedText, digits));

    private static void WriteChecksum(ReadOnlySpan<char> body, Span<char> digits)
    {
        var value = Crc32C(body);
        for (var i = digits.Length - 1; i >= 0; i--, value /= (uint)Base62.Digits.Length)
        {
            digits[i] = Base62.Digits[(int)(value % (uint)Base62.Digits.Length)];
        }
    }

    /// <param name="body">ASCII.</param>
    private static uint Crc32C(ReadOnlySpan<char> body)
    {
        var crc = uint.MaxValue;
        foreach (var character in body)
        {
            crc = BitOperations.Crc32C(crc, (byte)character);
        }

        return ~crc;
    }
}
