using Microsoft.AspNetCore.ResponseCompression;

namespace PostmanDashboard.Shell;

/// <summary>What is written for each request goes out compressed; the files that never change are compressed when the program is built.</summary>
internal static class Compression
{
    private static readonly string[] FurtherText =
        ["application/problem+json", "application/openapi+json", "image/svg+xml", "text/calendar", "text/csv", "text/javascript"];

    /// <remarks>Over HTTPS too, where a length can tell a secret that stands beside words of a stranger (BREACH). docs/security.md says why none of ours does.</remarks>
    public static void AddCompression(this WebApplicationBuilder builder) => builder.Services.AddResponseCompression(compression =>
    {
        compression.EnableForHttps = true;
        compression.MimeTypes = ResponseCompressionDefaults.MimeTypes.Concat(FurtherText);
    });
}
