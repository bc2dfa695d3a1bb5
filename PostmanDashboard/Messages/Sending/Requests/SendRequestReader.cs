using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>What a program asks for, however it wrote that down.</summary>
internal sealed record SendRequestReader(MessageFields Fields, IReadOnlyList<AttachedFile> Files)
{
    /// <summary>A body of 1 MiB may be six times as long when every character of it is escaped; the rest is for everything else.</summary>
    private const int MaxBytes = (6 * MessageRules.BodyMaxBytes) + (256 * 1024);

    /// <summary>Where files come in anything but <see cref="MultipartForm"/>.</summary>
    public const string OnlyInForms = $"Files can’t be sent like this. Send the message as a form instead ({MultipartForm.ContentType}).";

    private static ApiProblem OtherType => ApiProblem.Create(
        StatusCodes.Status415UnsupportedMediaType,
        ApiProblemCode.Malformed,
        "Send JSON in UTF-8, with the header Content-Type: application/json; or a form in UTF-8, as application/x-www-form-urlencoded, or as " +
            "multipart/form-data when files go with the message.");

    /// <summary>Whether it may take long to look through, so that an account has to wait its turn for that.</summary>
    public bool IsLarge => Files.Count > 0 || Fields.Body is { Length: >= LargeBodyLimiter.LargeFrom };

    /// <param name="errors">Gets what is wrong with single fields, but not with files: see <see cref="CheckFiles"/>.</param>
    public static async Task<ReadSendResult> ReadAsync(HttpRequest request, ValidationErrors errors, CancellationToken cancellationToken)
    {
        if (RequestBody.RefuseEncoded(request) is { } encoded)
        {
            return new ReadSendResult.Refused(encoded);
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(
            MultipartForm.ContentType, StringComparison.OrdinalIgnoreCase)
            ? await ReadFormAsync(request, errors, cancellationToken)
            : UrlEncodedForm.IsOne(request) ? await ReadUrlEncodedAsync(request, errors, cancellationToken)
            : JsonBody.IsJson(request) ? await ReadJsonAsync(request, errors, cancellationToken)
            : new ReadSendResult.Refused(OtherType);
    }

    private static async Task<ReadSendResult> ReadJsonAsync(HttpRequest request, ValidationErrors errors, CancellationToken cancellationToken)
    {
        switch (await JsonBody.ReadAsync(request, MaxBytes, cancellationToken))
        {
            case ReadJsonResult.Read { Body: var json }:
                using (json)
                {
                    RefuseFiles(json.RootElement, errors);
                    return new ReadSendResult.Read(new SendRequestReader(JsonMessageReader.Read(json.RootElement, errors), []));
                }

            case ReadJsonResult.Refused refused:
                return new ReadSendResult.Refused(refused.Problem);
            case var other:
                throw new InvalidOperationException($"Unknown result {other}.");
        }
    }

    private static async Task<ReadSendResult> ReadFormAsync(HttpRequest request, ValidationErrors errors, CancellationToken cancellationToken)
    {
        var form = new MultipartForm();
        return await form.ReadAsync(request.ContentType, request.ContentLength, request.Body, cancellationToken) is { } unreadable
            ? new ReadSendResult.Refused(unreadable)
            : new ReadSendResult.Read(new SendRequestReader(FormMessageReader.Read(form, errors), form.Files));
    }

    /// <remarks>Its limit is that of JSON: what is written as <c>%E4%BD%A0</c> here is three times as long as it is.</remarks>
    private static async Task<ReadSendResult> ReadUrlEncodedAsync(HttpRequest request, ValidationErrors errors, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } bytes)
        {
            return new ReadSendResult.Refused(ApiProblem.For(StatusCodes.Status413PayloadTooLarge));
        }

        // What curl sends for JSON when it isn't told the type.
        if (bytes.Span.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return new ReadSendResult.Refused(OtherType);
        }

        return UrlEncodedForm.Parse(bytes.Span) is { } form
            ? new ReadSendResult.Read(new SendRequestReader(FormMessageReader.Read(form, errors), []))
            : new ReadSendResult.Refused(FormProblems.TooManyParts);
    }

    /// <summary>Looks through the files, which may be packed: call this in the account's turn.</summary>
    public void CheckFiles(ValidationErrors errors)
    {
        foreach (var error in Files.Select(file => file.Error).OfType<string>())
        {
            errors.Add(MultipartForm.FilesField, error, ApiProblemCode.AttachmentFormat);
        }
    }

    /// <summary>SHA-256 of what was asked for, so that other spaces, another order or another boundary make no difference.</summary>
    public byte[] Hash() =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Fields, Files = Files.Select(file => new { file.Name, file.Hash }) }));

    /// <summary>Passed over like other members that nobody knows, they would be missed by the recipient only.</summary>
    private static void RefuseFiles(JsonElement body, ValidationErrors errors)
    {
        if (body.TryGetProperty(MultipartForm.FilesField, out var files)
            && files.ValueKind != JsonValueKind.Null
            && !(files.ValueKind == JsonValueKind.Array && files.GetArrayLength() == 0))
        {
            errors.Add(MultipartForm.FilesField, OnlyInForms, ApiProblemCode.AttachmentFormat);
        }
    }
}
