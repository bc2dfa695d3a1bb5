using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>How much may come in with a call: no more is read than its route needs, and never so slowly that connections pile up.</summary>
internal static class RequestLimits
{
    /// <summary>Of a body, in bytes, on every route without a limit of its own. Forms of pages have less than 2 KiB, messages of
    /// circuits less than 32.</summary>
    public const int MaxBodyLength = 64 * 1024;

    /// <summary>In bytes a second, on average: the largest message in less than an hour.</summary>
    private const double MinBodyRate = 4 * 1024;

    private const int MaxFieldLength = 16 * 1024;
    private const int MaxFieldNameLength = 256;

    private static readonly TimeSpan MinRateAfter = TimeSpan.FromSeconds(10);

    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyLength;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(MinBodyRate, MinRateAfter);
            // Kept for each connection of what has come in and nobody has read yet. By default a megabyte.
            kestrel.Limits.MaxRequestBufferSize = 2 * MaxBodyLength;
        });
        services.Configure<FormOptions>(forms =>
        {
            forms.KeyLengthLimit = MaxFieldNameLength;
            forms.ValueLengthLimit = MaxFieldLength;
            forms.BufferBodyLengthLimit = MaxBodyLength;
            forms.MultipartBodyLengthLimit = MaxBodyLength;
            // All of a form fits, so that nothing of it is ever written to the disk.
            forms.MemoryBufferThreshold = MaxBodyLength;
        });
    }

    /// <summary>For routes that read the body themselves, have their own limits, and report them in their own words.</summary>
    public static TBuilder LimitBodiesItself<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DisableRequestSizeLimitAttribute());

    /// <summary>
    /// Lets the server read past a body that nobody read, which it does for five seconds at most and keeps nothing: beyond its own limit it
    /// hangs up instead, and the answer is lost on the way to a caller that is still sending. Call this before everything that answers.
    /// </summary>
    public static void UseAnswersBeforeDisconnecting(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = null;
        }
    });

    /// <summary>Answers 413 to a body that is said to be too long, before anything of it is read. One that doesn't say is cut off
    /// at the limit by the server.</summary>
    public static void UseRequestLimits(this WebApplication app) => app.Use((context, next) =>
    {
        // The page that says what happened comes with the same request.
        if (context.Request.ContentLength > LimitFor(context) && context.Features.Get<IStatusCodeReExecuteFeature>() is null)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        return next(context);
    });

    private static long? LimitFor(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is { } own ? own.MaxRequestBodySize : MaxBodyLength;
}
