using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace PostmanDashboard.Shell;

/// <summary>Circuits (<c>/_blazor</c>) are for people who have signed in with a cookie. Everybody else gets static pages, which need none.</summary>
public static class CircuitAccess
{
    public static void RequireSignInForCircuits(this RazorComponentsEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } route } && route.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal))
        {
            endpoint.Metadata.Add(new AuthorizeAttribute { AuthenticationSchemes = IdentityConstants.ApplicationScheme });
            // A refusal is for the script on the page: no page goes with it.
            endpoint.Metadata.Add(new SkipStatusCodePagesAttribute());
        }
    });
}
