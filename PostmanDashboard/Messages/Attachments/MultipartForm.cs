using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>What a program sent as <c>multipart/form-data</c> (RFC 7578): texts by field, and files.</summary>
internal sealed class MultipartForm
{
    public const string ContentType = "multipart/form-data";

    public const int MaxFiles = 10;

    /// <summary>Of all files together, in bytes.</summary>
    public const int MaxFilesLength = 10 * 1024 * 1024;

    /// <summary>The field that files come in.</summary>
    public const string FilesField = "attachments";

    /// <summary>Of all texts together, in bytes. Room for the longest body and for everything else.</summary>
    public const int MaxTextsLength = 1024 * 1024 + 256 * 1024;

    /// <summary>The error of a text in another encoding.</summary>
    public const string NotUtf8 = "This isn’t text in UTF-8.";

    /// <summary>Of all there is, headers and boundaries included, in bytes.</summary>
    private const int MaxLength = MaxFilesLength + MaxTextsLength + 768 * 1024;

    /// <summary>Far more than a message with all its copies has.</summary>
    public const int MaxParts = 250;

    private readonly Dictionary<string, List<string>> texts = new(StringComparer.Ordinal);
    private readonly List<AttachedFile> files = [];
    private readonly HashSet<string> fieldsWithFiles = new(StringComparer.Ordinal);
    private readonly List<(string Field, string Error)> errors = [];
    private bool isTooLong;
    private bool isBeyondLimit;
    private int parts;
    private long textsLength;
    private long filesLength;

    public IReadOnlyDictionary<string, List<string>> Texts => texts;

    public IReadOnlyList<AttachedFile> Files => files;

    /// <summary>Fields other than <see cref="FilesField"/> in which a file came, which is read as text: curl sends long texts so.</summary>
    public IReadOnlySet<string> FieldsWithFiles => fieldsWithFiles;

    /// <summary>What is wrong with single fields.</summary>
    public IReadOnlyList<(string Field, string Error)> Errors => errors;

    /// <summary>Reads as much as it takes to know that there is too much, and no more.</summary>
    /// <param name="length">Of the whole form, in bytes. Null when its sender doesn't say.</param>
    /// <returns>Null when all was read; otherwise why it can't be.</returns>
    public async Task<ApiProblem?> ReadAsync(string? contentType, long? length, Stream body, CancellationToken cancellationToken)
    {
        // Then it is read only until it is known whether there is a file in it.
        isTooLong = length > MaxLength;
        if (BoundaryIn(contentType) is not { } boundary)
        {
            return FormProblems.Malformed("The Content-Type of a form names the boundary between its parts. Leave it to your HTTP library to write it.");
        }

        var reader = new MultipartReader(boundary, new MeteredStream(body, CountAll)) { HeadersCountLimit = 8, HeadersLengthLimit = 8 * 1024 };
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (await ReadPartAsync(section, cancellationToken) is { } problem)
                {
                    return problem;
                }
            }

            return isTooLong ? FormProblems.FormTooLong : null;
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return isBeyondLimit
                ? FormProblems.FormTooLong
                : FormProblems.Malformed("The form can’t be read: it breaks off before its last boundary, or its parts have too many headers.");
        }
    }

    /// <remarks>The framework's reader of forms reads a header without end to its end.</remarks>
    private void CountAll(long read)
    {
        isBeyondLimit = read > MaxLength;
        if (isBeyondLimit)
        {
            throw new InvalidDataException("More than a form may have.");
        }
    }

    private static string? BoundaryIn(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 70 } boundary
            ? boundary.ToString()
            : null;

    private async Task<ApiProblem?> ReadPartAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (++parts > MaxParts)
        {
            return FormProblems.TooManyParts;
        }

        return FormPart.Of(section) switch
        {
            ReadPartResult.Refused refused => refused.Problem,
            ReadPartResult.Read { Part: { Field: FilesField } file } => await ReadFileAsync(file, cancellationToken),
            ReadPartResult.Read { Part: var text } => await ReadTextAsync(text, cancellationToken),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    private async Task<ApiProblem?> ReadFileAsync(FormPart part, CancellationToken cancellationToken)
    {
        if (isTooLong && !string.IsNullOrEmpty(part.FileName))
        {
            return FormProblems.FormWithFilesTooLong;
        }

        var content = await part.ReadAsync(MaxFilesLength - filesLength, cancellationToken);
        if (content is null)
        {
            return FormProblems.FilesTooLong;
        }

        if (content.Length == 0 && string.IsNullOrEmpty(part.FileName))
        {
            // What browsers send for a field in which no file was chosen.
            return null;
        }

        if (files.Count == MaxFiles)
        {
            return FormProblems.TooManyFiles;
        }

        if (part.FileName is null)
        {
            errors.Add((FilesField, "Send each attachment as a file, with a file name."));
            return null;
        }

        filesLength += content.Length;
        files.Add(new AttachedFile(FileName.Clean(part.FileName), content));
        return null;
    }

    private async Task<ApiProblem?> ReadTextAsync(FormPart part, CancellationToken cancellationToken)
    {
        var content = await part.ReadAsync(MaxTextsLength - textsLength, cancellationToken);
        if (content is null)
        {
            return FormProblems.TextsTooLong;
        }

        textsLength += content.Length;
        if (!string.IsNullOrEmpty(part.FileName))
        {
            fieldsWithFiles.Add(part.Field);
        }

        if (PlainText.TryReadUtf8(content, part.ContentType) is { } text)
        {
            (texts.TryGetValue(part.Field, out var known) ? known : texts[part.Field] = []).Add(text);
        }
        else
        {
            errors.Add((part.Field, NotUtf8));
        }

        return null;
    }
}
