using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using PostmanDashboard.Accounts.SignIn;

namespace PostmanDashboard.Accounts.Sessions;

internal static class SignOutEndpoint
{
    public static void MapSignOut(this WebApplication app) =>
        app.MapPost(SignInPaths.SignOut, SignOutAsync).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Only with an antiforgery token, so that no foreign page can sign anybody out. Without one, the person is led to a page that has a fresh one.</summary>
    private static async Task<RedirectHttpResult> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, SignInManager<Account> sessions, EndedSessions ended, ILogger<EndedSessions> logger, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.LocalRedirect(SignInPaths.Start);
        }

        try
        {
            await ended.AddAsync(context.User, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // This browser is signed out all the same; only a copy of its cookie goes on until it runs out.
            logger.LogError(failure, "That a session was signed out of could not be written");
        }

        await sessions.SignOutAsync();
        return TypedResults.LocalRedirect($"{SignInPaths.SignIn}?signed-out=true");
    }
}
