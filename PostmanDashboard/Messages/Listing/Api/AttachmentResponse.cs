using System.Text.Json.Serialization;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>A file that goes with a message.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="FileSize">Its size in bytes.</param>
/// <param name="Hash">SHA-256 of its content, in hexadecimal.</param>
// Unlike the rest of the API, the existing clients read these names.
[SchemaName("AttachmentAnswer")]
public sealed record AttachmentResponse(
    [property: JsonPropertyName("fileName")] string FileName,
    [property: JsonPropertyName("fileSize")] int FileSize,
    [property: JsonPropertyName("hash")] string Hash);
