using Microsoft.AspNetCore.Http.Features;

namespace PostmanDashboard.Calendar;

/// <summary>
/// Takes the secret out of a calendar's address before anybody sees the request: the server's and the framework's logs write the paths of
/// requests at several places and levels, and so does every trace, error page and proxy of theirs to come.
/// </summary>
internal sealed class CalendarDoor(IServiceProvider services) : IHttpContextFactory
{
    /// <summary>Where requests with a secret that may be one arrive, from here on.</summary>
    public const string Inside = "/calendar/hidden.ics";

    private const string Outside = "/calendar/";
    private const string Extension = ".ics";
    private const string Unreadable = "/calendar/unknown";

    private readonly DefaultHttpContextFactory contexts = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        if (featureCollection.Get<IHttpRequestFeature>() is { } request
            && request.Path.IndexOf(Outside, StringComparison.OrdinalIgnoreCase) is >= 0 and var begins)
        {
            TakeSecret(featureCollection, request, begins);
        }

        return contexts.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => contexts.Dispose(httpContext);

    private static void TakeSecret(IFeatureCollection features, IHttpRequestFeature request, int begins)
    {
        var name = request.Path[(begins + Outside.Length)..];
        var secret = begins == 0 && name.EndsWith(Extension, StringComparison.Ordinal) ? CalendarSecret.Read(name[..^Extension.Length]) : null;
        if (secret is not null)
        {
            features.Set(secret);
        }

        request.Path = secret is null ? Unreadable : Inside;
        request.QueryString = "";
        request.RawTarget = request.Path;
    }
}
