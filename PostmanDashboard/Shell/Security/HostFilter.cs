using Microsoft.Extensions.Options;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Logging;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Shell.Security;

/// <summary>
/// Believes <c>Host</c> only where it names the host of <c>Public:BaseUrl</c>, because addresses are made of it: others get 400. In
/// Development, where people use whatever names their machine has, it only has to be one.
/// </summary>
/// <remarks>The framework's own filter (AllowedHosts) can't leave out health checks, which balancers send to an address.</remarks>
internal static class HostFilter
{
    /// <summary>Of a name in the domain name system.</summary>
    private const int MaxLength = 255;

    private const string InLog =
        "Rejected a request for another host than that of Public:BaseUrl. If it came through a proxy of yours, let the proxy pass the Host header on";

    /// <summary>Call this before everything that makes addresses.</summary>
    public static void UseHostFilter(this WebApplication app)
    {
        var reached = new Lazy<PublicOptions?>(() =>
            app.Environment.IsDevelopment() ? null : app.Services.GetRequiredService<IOptions<PublicOptions>>().Value);
        // Nearly all calls name the same host, and taking it apart costs as much as the check of a key.
        string? served = null;
        app.Use((context, next) =>
        {
            var host = context.Request.Host;
            if ((host.HasValue && host.Value == served) || context.Request.Path.StartsWithSegments(PageRoutes.Health))
            {
                return next(context);
            }

            if (!IsServed(host, reached.Value))
            {
                return RejectAsync(context, app.Logger);
            }

            served = host.Value;
            return next(context);
        });
    }

    private static bool IsServed(HostString host, PublicOptions? reached) =>
        IsWellFormed(host) && (reached is null || host.Host.Equals(reached.Host, StringComparison.OrdinalIgnoreCase));

    private static bool IsWellFormed(HostString host) =>
        host is { HasValue: true, Value.Length: <= MaxLength }
        && Uri.TryCreate($"{Uri.UriSchemeHttp}://{host.Value}/", UriKind.Absolute, out var address)
        && address is { UserInfo.Length: 0, PathAndQuery: "/" };

    private static Task RejectAsync(HttpContext context, ILogger logger)
    {
        context.RequestServices.GetRequiredService<LogThrottle>().Write(logger, LogLevel.Warning, InLog, InLog);
        const string Message = "The Host header names another host than this one serves, or none.";
        if (context.Request.IsForApi())
        {
            return ApiProblem.Create(StatusCodes.Status400BadRequest, ApiProblemCode.Malformed, Message).WriteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(Message, context.RequestAborted);
    }
}
