namespace PostmanDashboard.Mail;

/// <summary>Keeps a text in a header as it was typed.</summary>
internal static class HeaderText
{
    private const string EncodedWord = "=?";

    /// <summary>Seen by nobody, and nothing that a header can hold without encoding.</summary>
    private const char WordJoiner = '\u2060';

    /// <remarks>
    /// MimeKit writes a text in ASCII as it is, also one like <c>=?utf-8?Q?a=0Ab?=</c>, which the recipient's program would decode (RFC 2047):
    /// into another text, with characters that are never in a header. With the joiner it is encoded, and decoded to what it was.
    /// </remarks>
    public static string Literal(string text) => text.Replace(EncodedWord, $"={WordJoiner}?", StringComparison.Ordinal);
}
