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

    public static async Task<ReadJsonResult> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (RequestBody.RefuseEncoded(request) is { } encoded)
        {
            return new ReadJsonResult.Refused(encoded);
        }

        if (!IsJson(request))
        {
            return new ReadJsonResult.Refused(ApiProblem.Create(
                StatusCodes.Status415UnsupportedMediaType, ApiProblemCode.Malformed, "Send JSON in UTF-8, with the header Content-Type: application/json."));
        }

        var bytes = await RequestBody.ReadAsync(request, maxBytes, cancellationToken);
        return bytes is { } read ? Parse(WithoutMark(read)) : new ReadJsonResult.Refused(ApiProblem.For(StatusCodes.Status413PayloadTooLarge));
    }

    /// <summary>Whether the header says so.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <remarks>RFC 8259, 8.1: not to be sent, but may be passed over. .NET on Windows and older editors write it.</remarks>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) =>
        bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    private static ReadJsonResult Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return Malformed("The request has no body. Send a JSON object.");
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            return Malformed(JsonError.DescribeNotUtf8(bytes.Span));
        }

        try
        {
            return IfObject(JsonDocument.Parse(bytes, Strict));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second for a name with half a surrogate pair, which the check for names that come twice stumbles over. Neither always says where.
            return Malformed(JsonError.Describe(bytes.Span, MaxDepth));
        }
    }

    private static ReadJsonResult IfObject(JsonDocument document)
    {
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new ReadJsonResult.Read(document);
        }

        document.Dispose();
        return Malformed("The body must be a JSON object.");
    }

    private static ReadJsonResult.Refused Malformed(string message) =>
        new(ApiProblem.Create(StatusCodes.Status400BadRequest, ApiProblemCode.Malformed, message));
}
