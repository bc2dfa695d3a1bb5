using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Api.Answers;
using PostmanDashboard.Shell.Security;

namespace PostmanDashboard.ApiKeys.Endpoints;

/// <summary>What a key can do with itself. It can't list, make or prolong keys: a leaked one must not outlive its deletion.</summary>
public static class ApiKeyEndpoints
{
    public static void MapApiKeyEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var current = endpoints.MapGroup(ApiRoutes.CurrentKey).RequireKey(KeyNeed.Itself).WithTags("API keys");
        current.MapGet("", GetCurrent).WithName("getCurrentApiKey");
        current.MapDelete("", DeleteCurrentAsync).WithName("deleteCurrentApiKey");
    }

    /// <summary>Describe the key in use</summary>
    /// <remarks>
    /// Says which key the call was made with and how long it will live. Changes nothing, so it is also the way to try a key.
    /// </remarks>
    /// <response code="200">The key that the call was made with.</response>
    internal static ShortJson<CurrentApiKey> GetCurrent(HttpContext context)
    {
        var (key, at) = context.Features.GetRequiredFeature<ApiKeyVerification.Accepted>();
        return new ShortJson<CurrentApiKey>(new CurrentApiKey(
            key.Id, key.Label, key.Hint, key.AccountEmail, key.CreatedAt, key.ExpiresAt, ApiKey.DaysLeft(key.ExpiresAt, at),
            key.Access.InApi(), key.Networks.Ranges));
    }

    /// <summary>Delete the key in use</summary>
    /// <remarks>
    /// The key is refused from the next call on, and nothing brings it back. Whoever finds a key that leaked can stop it with this call.
    /// </remarks>
    /// <response code="204">The key is deleted.</response>
    internal static async Task<NoContent> DeleteCurrentAsync(HttpContext context, ApiKeyService keys, CancellationToken cancellationToken)
    {
        var (key, _) = context.Features.GetRequiredFeature<ApiKeyVerification.Accepted>();
        // When someone else deleted it a moment ago, the caller has what they asked for.
        await keys.DeleteAsync(key.AccountId, key.Id, new Actor(Actor.TheKeyItself, context.GetClientAddress()), cancellationToken);
        return TypedResults.NoContent();
    }
}
