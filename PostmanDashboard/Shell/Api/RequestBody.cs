namespace PostmanDashboard.Shell.Api;

/// <summary>Reads the body of a call into memory, up to a limit.</summary>
public static class RequestBody
{
    private const int Chunk = 64 * 1024;

    /// <returns>What to answer to a compressed body, which nobody here unpacks. Null for one that isn't.</returns>
    public static ApiProblem? RefuseEncoded(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.All(
            encoding => string.IsNullOrWhiteSpace(encoding) || encoding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        // RFC 9110, 12.5.3: what would be taken.
        request.HttpContext.Response.Headers.AcceptEncoding = "identity";
        return ApiProblem.Create(
            StatusCodes.Status415UnsupportedMediaType,
            ApiProblemCode.Malformed,
            "Compressed bodies aren't supported. Send the body as it is, without the Content-Encoding header.");
    }

    /// <returns>Null when it is longer.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        // Not as long as announced: announcing costs nothing.
        using var read = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, Chunk));
        var chunk = new byte[Chunk];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is > 0 and var count)
        {
            if (read.Length + count > maxBytes)
            {
                return null;
            }

            read.Write(chunk, 0, count);
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }
}
