using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using PostmanDashboard.Shell.Pages;

namespace PostmanDashboard.Accounts.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(PageRoutes.SignOut, SignOutAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet(PageRoutes.Session, Describe).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Puts the session in whose name a request acts where whatever writes will find it. Stands after the authorization.</summary>
    public static void UseActingSession(this WebApplication app) => app.Use(async (context, next) =>
    {
        // Signing in and out are open to everyone, and need no session that holds.
        if (SessionCookie.IdOf(context.User) is null || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }

        try
        {
            await new ActingSession(context.User).RunAsync(() => next(context));
        }
        catch (SessionEndedException) when (context.Response.HasStarted)
        {
            // The browser must not take the half of a file for all of it.
            context.Abort();
        }
        catch (SessionEndedException)
        {
            await context.ChallengeAsync(IdentityConstants.ApplicationScheme);
        }
    });

    /// <summary>For a page whose circuit is gone: whose session the browser has now, if any, so that the page knows whether its own ended.</summary>
    private static ContentHttpResult Describe(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(SessionCookie.MarkOf(context.User));
    }

    /// <summary>Only with an antiforgery token, so that no foreign page can sign anyone out. Without one, the person is led to a
    /// page that has a fresh one.</summary>
    private static async Task<RedirectHttpResult> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, SignInManager<Account> sessions, EndedSessions ended, ILogger<EndedSessions> logger,
            CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.LocalRedirect(PageRoutes.Start);
        }

        try
        {
            await ended.AddAsync(context.User, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // This browser is signed out all the same; only a copy of its cookie works until it expires.
            logger.LogError(failure, "Could not record a sign-out");
        }

        await sessions.SignOutAsync();
        return TypedResults.LocalRedirect($"{PageRoutes.SignIn}?signed-out=true");
    }
}
