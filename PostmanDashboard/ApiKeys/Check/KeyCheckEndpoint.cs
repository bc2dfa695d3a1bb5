using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Security;

namespace PostmanDashboard.ApiKeys.Check;

/// <summary>Where the form of <see cref="CheckKeyPanel"/> sends a token. It answers with a part of that page.</summary>
/// <remarks>
/// A plain request, and not an event of the circuit: SignalR logs what events carry when someone debugs it,
/// while nothing ever logs the body of a request.
/// </remarks>
internal static class KeyCheckEndpoint
{
    public static void MapKeyCheck(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(PageRoutes.CheckKey, CheckAsync)
        .RequireAuthorization(Policies.SignedIn)
        .ExcludeFromDescription();

    private static async Task<RazorComponentResult<KeyCheckAnswer>> CheckAsync(
        [FromForm(Name = "token")] string? token, ClaimsPrincipal person, KeyCheck check, HttpContext context)
    {
        var result = await check.CheckAsync(person.AccountId(), token, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<KeyCheckAnswer>(new { Result = result })
        {
            StatusCode = result is KeyCheckResult.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status200OK,
        };
    }
}
