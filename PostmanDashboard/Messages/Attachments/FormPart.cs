using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>One part of a form, before its content is read.</summary>
/// <param name="FileName">Null for a part that isn't a file; empty for the file that nobody chose.</param>
internal sealed record FormPart(string Field, string? FileName, string? ContentType, Stream Content)
{
    public static ReadPartResult Of(MultipartSection section)
    {
        if (section.GetContentDispositionHeader() is not { } disposition
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 } name)
        {
            return Malformed("A part of the form has no name. Each needs a header like Content-Disposition: form-data; name=\"subject\".");
        }

        if (section.Headers?.TryGetValue("Content-Transfer-Encoding", out var encoding) == true && encoding.ToString().ToLowerInvariant()
            is not ("7bit" or "8bit" or "binary"))
        {
            return Malformed("A part of the form is encoded. Send parts as they are, without Content-Transfer-Encoding.");
        }

        var field = name.EndsWith("[]", StringComparison.Ordinal) ? name.ToString()[..^2] : name.ToString();
        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : Unquote(disposition.FileName);
        return new ReadPartResult.Read(new FormPart(field, fileName, section.ContentType, section.Body));
    }

    /// <returns>The content; null when there are more than <paramref name="atMost"/> bytes of it.</returns>
    public async Task<byte[]?> ReadAsync(long atMost, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await Content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (kept.Length + read > atMost)
            {
                return null;
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    private static ReadPartResult.Refused Malformed(string message) => new(FormProblems.Malformed(message));

    /// <remarks>Other backslashes stay as they are: some clients send whole paths of Windows, and escape nothing.</remarks>
    private static string? Unquote(StringSegment quoted) => HeaderUtilities.RemoveQuotes(quoted).Value?.Replace("\\\"", "\"", StringComparison.Ordinal);
}
