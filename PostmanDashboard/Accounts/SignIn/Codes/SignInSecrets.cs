using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Accounts.SignIn.Codes;

/// <summary>The secrets of a sign-in: the browser's, kept in its cookie, and the person's, mailed to them: a code, sometimes a link.</summary>
internal static class SignInSecrets
{
    private const int SecretLength = 43;

    /// <summary>A dash to people, and a symbol to Unicode.</summary>
    private const char MinusSign = '\u2212';

    /// <summary>256 random bits in characters that a cookie and an address may hold.</summary>
    public static string NewSecret() =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", SecretLength);

    public static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static byte[] HashCode(string flowSecret, string code) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(flowSecret), Encoding.ASCII.GetBytes(code));

    /// <returns>
    /// The six digits, also in full width, without what a paste brings along: spaces, dashes, quotation marks, a full stop, and
    /// characters that nobody sees. Null when they aren't six digits.
    /// </returns>
    public static string? ReadCode(string? typed)
    {
        var seen = VisibleText.WithoutInvisible(TypedAddress.ToHalfWidth(typed ?? ""));
        var digits = string.Concat(seen.Where(character => !char.IsWhiteSpace(character) && !char.IsPunctuation(character) && character != MinusSign));
        return digits.Length == SignInCode.Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
