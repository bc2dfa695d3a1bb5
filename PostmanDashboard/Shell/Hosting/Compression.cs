using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>What is written for each request goes out compressed; the files that never change are compressed when the program is built.</summary>
internal static class Compression
{
    /// <summary>An answer that is shorter fits into one packet anyway.</summary>
    private const int Worthwhile = 1024;

    private static readonly string[] FurtherText =
        ["application/problem+json", "application/openapi+json", "image/svg+xml", "text/calendar", "text/csv", "text/javascript"];

    /// <remarks>Over HTTPS too, where a length can tell a secret that stands next to words of a stranger (BREACH).
    /// docs/security.md says why none of ours does.</remarks>
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddSingleton<IResponseCompressionProvider, LongAnswers>();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ResponseCompressionDefaults.MimeTypes.Concat(FurtherText);
        });
    }

    /// <remarks>JSON and pages are sent as they are written, so nobody knows their length when compression must begin: they count as long.</remarks>
    private sealed class LongAnswers(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            context.Response.ContentLength is not < Worthwhile && base.ShouldCompressResponse(context);
    }
}
