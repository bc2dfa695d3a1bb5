namespace PostmanDashboard.Shell.Api;

/// <summary>Reads the body of a call into memory, up to a limit.</summary>
public static class RequestBody
{
    private const int Chunk = 64 * 1024;

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
