using Microsoft.AspNetCore.Http.Features;

namespace PostmanDashboard.Shell.Security;

/// <summary>
/// Takes secrets out of addresses before anyone sees the request: the server's and the framework's logs write the paths of requests at
/// several places and levels, and so does every trace, error page and proxy of theirs to come.
/// </summary>
internal sealed class SecretPaths(IServiceProvider services, IEnumerable<SecretPath> paths) : IHttpContextFactory
{
    private const string Unreadable = "unknown";

    private readonly DefaultHttpContextFactory contexts = new(services);
    private readonly IReadOnlyList<SecretPath> paths = [.. paths];

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        if (featureCollection.Get<IHttpRequestFeature>() is { } request)
        {
            foreach (var path in paths)
            {
                ExtractSecret(featureCollection, request, path);
            }
        }

        return contexts.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => contexts.Dispose(httpContext);

    /// <remarks>In the middle of an address too: a mistyped one may hold a good secret.</remarks>
    private static void ExtractSecret(IFeatureCollection features, IHttpRequestFeature request, SecretPath path)
    {
        var begins = request.Path.IndexOf(path.Outside, StringComparison.OrdinalIgnoreCase);
        if (begins < 0)
        {
            return;
        }

        if (begins == 0)
        {
            features.Set(new PathSecret(request.Path[path.Outside.Length..]));
        }

        request.Path = begins == 0 ? path.Inside : $"/{Unreadable}";
        request.QueryString = "";
        request.RawTarget = request.Path;
    }
}
