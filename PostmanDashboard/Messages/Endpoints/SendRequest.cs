using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Endpoints;

/// <summary>What a program asks for, however it wrote that down.</summary>
internal sealed record SendRequest(MessageFields Fields, IReadOnlyList<AttachedFile> Files)
{
    /// <summary>A body of 1 MiB may be six times as long when every character of it is escaped; the rest is for everything else.</summary>
    private const int MaxBytes = (6 * MessageRules.BodyMaxBytes) + (256 * 1024);

    /// <param name="faults">Gets what is wrong with single fields.</param>
    /// <returns>Either what was asked for, or what to answer.</returns>
    public static async Task<(SendRequest? Request, ApiProblem? Unreadable)> ReadAsync(HttpRequest request, ApiFaults faults, CancellationToken cancellationToken)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(SentForm.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            return await ReadFormAsync(request, faults, cancellationToken);
        }

        if (!JsonBody.IsJson(request))
        {
            return (null, ApiProblem.Create(
                StatusCodes.Status415UnsupportedMediaType,
                ApiProblemCode.Malformed,
                "Send JSON in UTF-8, with the header Content-Type: application/json; or a form, as multipart/form-data, when files go with the message."));
        }

        var (json, fault) = await JsonBody.ReadAsync(request, MaxBytes, cancellationToken);
        using (json)
        {
            if (json is null)
            {
                return (null, fault);
            }

            RefuseFiles(json.RootElement, faults);
            return (new SendRequest(SendBody.Read(json.RootElement, faults), []), null);
        }
    }

    private static async Task<(SendRequest? Request, ApiProblem? Unreadable)> ReadFormAsync(HttpRequest request, ApiFaults faults, CancellationToken cancellationToken)
    {
        var form = new SentForm();
        var unreadable = await form.ReadAsync(request.ContentType, request.ContentLength, request.Body, cancellationToken);
        return unreadable is null ? (new SendRequest(SendForm.Read(form, faults), form.Files), null) : (null, unreadable);
    }

    /// <summary>SHA-256 of what was asked for, so that other spaces, another order or another boundary make no difference.</summary>
    public byte[] Hash() =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Fields, Files = Files.Select(file => new { file.Name, file.Hash }) }));

    /// <summary>Passed over like other members that nobody knows, they would be missed by the recipient only.</summary>
    private static void RefuseFiles(JsonElement body, ApiFaults faults)
    {
        if (body.TryGetProperty(SentForm.FilesField, out var files)
            && files.ValueKind != JsonValueKind.Null
            && !(files.ValueKind == JsonValueKind.Array && files.GetArrayLength() == 0))
        {
            faults.Add(SentForm.FilesField, $"Files can’t be sent in JSON. Send the message as a form instead ({SentForm.ContentType}).");
        }
    }
}
