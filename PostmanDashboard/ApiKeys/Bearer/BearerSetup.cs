using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.OpenApi;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>Keeps the two ways in apart: keys open <c>/v1</c> and nothing else, cookies open everything else.</summary>
public static class BearerSetup
{
    /// <summary>What an endpoint under <c>/v1</c> requires: a caller whom a key signed in.</summary>
    /// <remarks>Without naming the scheme, which would build the caller a second time for each call.</remarks>
    public static AuthorizationPolicy Policy { get; } = new AuthorizationPolicyBuilder()
        .RequireAssertion(call => call.User.Identity is { IsAuthenticated: true, AuthenticationType: ApiKeyAuthenticationHandler.SchemeName })
        .Build();

    /// <summary>Takes the place of the cookie as the scheme that is asked by default, and hands on to it outside the API.</summary>
    public static void AddBearer(this IServiceCollection services)
    {
        services.AddAuthentication(ApiKeyAuthenticationHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(
            ApiKeyAuthenticationHandler.SchemeName,
            scheme => scheme.ForwardDefaultSelector = context => context.Request.IsForApi() ? null : IdentityConstants.ApplicationScheme);
        services.ConfigureApplicationCookie(RefuseKeys);
        services.Configure<OpenApiOptions>(ApiDescription.DocumentName, BearerDescription.Configure);
    }

    /// <summary>A caller that sends a key to a page is a program, which a sign-in page wouldn't help: it is told where keys work.</summary>
    private static void RefuseKeys(CookieAuthenticationOptions cookie)
    {
        var leadToSignIn = cookie.Events.OnRedirectToLogin;
        cookie.Events.OnRedirectToLogin = context =>
        {
            BearerCredentials.TryRead(context.Request.Headers.Authorization, out var token);
            var isKey = token?.StartsWith(ApiKeyToken.Prefix, StringComparison.Ordinal) == true;
            return isKey ? BearerRefusal.NotUnderTheApi.WriteAsync(context.HttpContext) : leadToSignIn(context);
        };
    }
}
