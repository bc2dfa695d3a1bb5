using System.Text;
using Microsoft.Net.Http.Headers;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>Recognises text, whatever the file's name says.</summary>
internal static class PlainText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    /// <param name="beginning">What the text starts with, in whatever case, after lines that are blank. Null for anything.</param>
    /// <returns>The media type, with the charset where that is certain; null when it is not text.</returns>
    public static string? Recognise(byte[] content, string mediaType, string? beginning = null)
    {
        var (text, charset) = Decode(content);
        return text is null || text.Contains('\0') || (beginning is not null && !Begins(text, beginning))
            ? null
            : charset is null ? mediaType : $"{mediaType}; charset={charset}";
    }

    private static bool Begins(string text, string beginning) =>
        text.TrimStart('\uFEFF').TrimStart().StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

    /// <param name="contentType">What its sender says that it is. Null when nothing is said, which means UTF-8.</param>
    /// <returns>Null when it is something else.</returns>
    public static string? TryReadUtf8(byte[] content, string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && HeaderUtilities.RemoveQuotes(type.Charset) is { Length: > 0 } charset
        && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)
            ? null
            : TryDecode(Utf8, content);

    /// <remarks>What spreadsheets call Unicode text is UTF-16, with a mark; older programs write in the one byte a character of
    /// their country, which nobody can name.</remarks>
    private static (string? Text, string? Charset) Decode(byte[] content) => content switch
    {
        [0xFF, 0xFE, ..] => (TryDecode(LittleEndian, content), "utf-16"),
        [0xFE, 0xFF, ..] => (TryDecode(BigEndian, content), "utf-16"),
        _ => TryDecode(Utf8, content) is { } text ? (text, "utf-8") : (Encoding.Latin1.GetString(content), null),
    };

    private static string? TryDecode(Encoding encoding, byte[] content)
    {
        try
        {
            return encoding.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
