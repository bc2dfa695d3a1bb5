using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>Every page that becomes live, as the routes know them: a new page is among them by itself.</summary>
public static class LivePages
{
    /// <returns>An address of each, as an administrator with a key sees it.</returns>
    public static async Task<IReadOnlyList<string>> AddLivePagesAsync(this DashboardApplication application, Account account)
    {
        var key = (await application.IssueKeyAsync(account, "Grants")).Id;
        string[] paths =
        [
            .. application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
                    && endpoint.Metadata.GetMetadata<ExcludeFromInteractiveRoutingAttribute>() is null)
                .Select(endpoint => endpoint.RoutePattern.RawText!.Replace("{KeyId:guid}", $"{key}", StringComparison.Ordinal))
                .Distinct(),
        ];
        Assert.Contains("/settings", paths);
        Assert.DoesNotContain(paths, path => path.Contains('{', StringComparison.Ordinal));
        return paths;
    }
}
