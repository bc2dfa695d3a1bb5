using Microsoft.AspNetCore.Routing.Matching;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>Anything but the last part of <see cref="ApiRoutes.Send"/>, which isn't an id: a GET there gets 405, because it takes POST.</summary>
/// <remarks>Routing asks about its own literals once, when it is built: so it knows that this address has POST alone, and answers 405.</remarks>
internal sealed class NotSending : IParameterLiteralNodeMatchingPolicy, IRouteConstraint
{
    public const string Name = "not-sending";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        MatchesLiteral(routeKey, $"{values[routeKey]}");

    public bool MatchesLiteral(string parameterName, string literal) =>
        !ApiRoutes.Send.EndsWith($"/{literal}", StringComparison.OrdinalIgnoreCase);
}
