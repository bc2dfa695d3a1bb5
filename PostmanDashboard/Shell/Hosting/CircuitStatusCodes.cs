using Microsoft.AspNetCore.Mvc;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>How circuits (<c>/_blazor</c>) refuse whoever has not signed in.</summary>
public static class CircuitStatusCodes
{
    /// <summary>A refusal is for the script on the page: no page goes with it.</summary>
    public static void SkipStatusCodePagesForCircuits(this RazorComponentsEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } route } && route.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal))
        {
            endpoint.Metadata.Add(new SkipStatusCodePagesAttribute());
        }
    });
}
