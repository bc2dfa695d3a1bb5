using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Logging;

namespace PostmanDashboard.Shell.Security;

/// <summary>
/// Keeps pages of other sites from acting with a visitor's cookie. <c>SameSite=Lax</c> isn't enough: a sister subdomain and another port
/// of the same host are the same site.
/// </summary>
/// <remarks>
/// Browsers write <c>Origin</c> and <c>Sec-Fetch-Site</c> themselves, on every WebSocket and on every request that isn't GET or HEAD, and
/// no page can change them. What comes without them comes from a program, and a program has no visitor's cookie to misuse.
/// </remarks>
internal static class OriginGate
{
    private const string FetchSite = "Sec-Fetch-Site";

    private const string Refusal = "A request from a page of another origin was refused. If people can't use the dashboard, "
        + "compare the address that they open with Public:BaseUrl";

    private static readonly PathString Circuits = "/_blazor";

    /// <summary>Opened by keys only: a cookie can't be misused there.</summary>
    private static readonly PathString Api = ApiRoutes.Root;

    /// <summary>Answers 403 to a circuit, and to whatever may change something, that comes from another origin.</summary>
    public static void UseOriginGate(this WebApplication app)
    {
        var (own, throttle) = (app.Services.GetRequiredService<OwnOrigins>(), app.Services.GetRequiredService<LogThrottle>());
        app.Use((context, next) =>
        {
            if (!IsGuarded(context.Request) || ComesFrom(own, context.Request))
            {
                return next(context);
            }

            throttle.Write(app.Logger, LogLevel.Warning, nameof(OriginGate), Refusal);
            return RefuseAsync(context.Response);
        });
    }

    private static bool IsGuarded(HttpRequest request) =>
        request.Path.StartsWithSegments(Circuits) || (!IsSafe(request.Method) && !request.Path.StartsWithSegments(Api));

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool ComesFrom(OwnOrigins own, HttpRequest request)
    {
        var (origin, site) = (request.Headers.Origin, request.Headers[FetchSite]);
        return (origin.Count == 0 || (origin is [{ } one] && own.Contain(one, request.Host)))
            && (site.Count == 0 || site is ["same-origin" or "none"]);
    }

    private static Task RefuseAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        return response.WriteAsync("This request came from another site, or from another address of this one. Open the dashboard at its own address.");
    }
}
