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
        HttpContext context, IAntiforgery antiforgery, SignInManager<Account> sessions, EndedSessions ended, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.LocalRedirect(SignInPaths.Start);
        }

        await ended.AddAsync(context.User, cancellationToken);
        await sessions.SignOutAsync();
        return TypedResults.LocalRedirect($"{SignInPaths.SignIn}?signed-out=true");
    }
}
