using PostmanDashboard.Messages.Sending.Requests;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>Anything but the last part of <see cref="SendEndpoint.Path"/>, which is no id: whoever reads there is told that it takes POST.</summary>
internal sealed class NotSending : IRouteConstraint
{
    public const string Name = "not-sending";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        !SendEndpoint.Path.EndsWith($"/{values[routeKey]}", StringComparison.OrdinalIgnoreCase);
}
