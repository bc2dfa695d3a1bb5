using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace PostmanDashboard.Shell.Api;

/// <summary>Reads the JSON of a call, and says exactly why when there is none: the framework's own binding would only say 400.</summary>
public static class JsonBody
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <returns>Either an object, or what to answer.</returns>
    public static async Task<(JsonDocument? Body, ApiProblem? Problem)> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (RequestBody.RefuseEncoded(request) is { } encoded)
        {
            return (null, encoded);
        }

        if (!IsJson(request))
        {
            return (null, ApiProblem.Create(
                StatusCodes.Status415UnsupportedMediaType, ApiProblemCode.Malformed, "Send JSON in UTF-8, with the header Content-Type: application/json."));
        }

        var bytes = await RequestBody.ReadAsync(request, maxBytes, cancellationToken);
        return bytes is { } read ? Parse(WithoutMark(read)) : (null, ApiProblem.For(StatusCodes.Status413PayloadTooLarge));
    }

    /// <summary>Whether the header says so.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <remarks>RFC 8259, 8.1: not to be sent, but may be passed over. .NET on Windows and older editors write it.</remarks>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    private static (JsonDocument?, ApiProblem?) Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return (null, Malformed("The request has no body. Send a JSON object."));
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            return (null, Malformed(JsonError.DescribeNotUtf8(bytes.Span)));
        }

        try
        {
            return IfObject(JsonDocument.Parse(bytes, Strict));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second for a name with half a surrogate pair, which the check for names that come twice stumbles over. Neither always says where.
            return (null, Malformed(JsonError.Describe(bytes.Span, MaxDepth)));
        }
    }

    private static (JsonDocument?, ApiProblem?) IfObject(JsonDocument document)
    {
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return (document, null);
        }

        document.Dispose();
        return (null, Malformed("The body must be a JSON object."));
    }

    private static ApiProblem Malformed(string message) => ApiProblem.Create(StatusCodes.Status400BadRequest, ApiProblemCode.Malformed, message);
}
