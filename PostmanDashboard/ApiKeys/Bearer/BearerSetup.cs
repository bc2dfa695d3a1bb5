using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.OpenApi;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>Keeps the two ways in apart: keys open <c>/v1</c> and nothing else, cookies open everything else.</summary>
public static class BearerSetup
{
    private const string SchemeByPath = "KeyOrCookie";

    /// <summary>What an endpoint under <c>/v1</c> requires.</summary>
    public static AuthorizationPolicy Policy { get; } =
        new AuthorizationPolicyBuilder(ApiKeyAuthenticationHandler.SchemeName).RequireAuthenticatedUser().Build();

    /// <summary>Takes the place of the cookie as the scheme that is asked by default, and hands on to it outside the API.</summary>
    public static void AddBearer(this IServiceCollection services)
    {
        services.AddAuthentication(SchemeByPath)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(ApiKeyAuthenticationHandler.SchemeName, null)
            .AddPolicyScheme(SchemeByPath, null, scheme => scheme.ForwardDefaultSelector = context =>
                context.Request.IsForApi() ? ApiKeyAuthenticationHandler.SchemeName : IdentityConstants.ApplicationScheme);
        services.Configure<OpenApiOptions>(ApiDescription.DocumentName, BearerDescription.Configure);
    }
}
