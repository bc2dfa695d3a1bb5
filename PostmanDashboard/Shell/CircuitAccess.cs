using Microsoft.AspNetCore.Mvc;

namespace PostmanDashboard.Shell;

internal static class CircuitAccess
{
    /// <summary>Whoever may not open a circuit (<c>/_blazor</c>) is told so by the status alone: a script asks, and it shows no page.</summary>
    public static void RefuseCircuitsWithoutPages(this RazorComponentsEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } route } && route.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal))
        {
            endpoint.Metadata.Add(new SkipStatusCodePagesAttribute());
        }
    });
}
