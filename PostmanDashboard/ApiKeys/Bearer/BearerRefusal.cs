using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Logging;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>The response to a caller whose credentials are rejected (RFC 6750, section 3).</summary>
/// <param name="Error">Null when no token was sent, which is not an error yet.</param>
/// <param name="InLog">What the log says of it: a sentence without a full stop.</param>
internal sealed record BearerRefusal(string? Error, ApiProblem Problem, string InLog)
{
    public static BearerRefusal NoToken { get; } = new(null, ApiProblem.For(StatusCodes.Status401Unauthorized), "Rejected a call without an API key");

    public static BearerRefusal SeveralCredentials { get; } = new("invalid_request", ApiProblem.Create(
        StatusCodes.Status400BadRequest, ApiProblemCode.Malformed, "Send one Authorization header with one API key."),
        "Rejected a call with several credentials");

    public static BearerRefusal NotUnderTheApi { get; } = new(null, ApiProblem.Create(
        StatusCodes.Status401Unauthorized, ApiProblemCode.Unauthenticated,
            "API keys only work under /v1. This address is for people who sign in."),
        "Rejected a call with an API key outside /v1");

    /// <summary>The value of <c>WWW-Authenticate</c>.</summary>
    public string Challenge => Error is null
        ? "Bearer realm=\"Postman\""
        : $"Bearer realm=\"Postman\", error=\"{Error}\", error_description=\"{Problem.Message}\"";

    public static BearerRefusal For(ApiKeyRefusal reason) => reason is ApiKeyRefusal.Access ? BeyondAccess : ForDead(reason);

    /// <summary>So far, there is one thing that only some keys may do.</summary>
    private static BearerRefusal BeyondAccess { get; } = new("insufficient_scope", ApiProblem.Create(
        StatusCodes.Status403Forbidden, ApiProblemCode.Unauthorized,
            "This API key may only send. Give it more access in Settings, or use another key."),
        "Rejected a call that goes beyond the access of its API key");

    /// <param name="address">Null where the connection has none.</param>
    public static BearerRefusal OutsideNetworks(string? address) => new("insufficient_scope", ApiProblem.Create(
        StatusCodes.Status403Forbidden, ApiProblemCode.Unauthorized,
            $"This API key can't be used from {address ?? "an unknown address"}. Its account can allow that network in Settings."),
        "Rejected a call from a network that its API key may not be used from");

    private static BearerRefusal ForDead(ApiKeyRefusal reason) => new("invalid_token", ApiProblem.Create(
        StatusCodes.Status401Unauthorized,
        ApiProblemCode.Unauthenticated,
        // These go into a header too: ASCII, without quotation marks.
        reason switch
        {
            ApiKeyRefusal.Expired => "This API key has expired. Generate a new one in Settings.",
            ApiKeyRefusal.Deleted => "This API key was deleted. Generate a new one in Settings.",
            // Whoever wrote the characters around it can see as much; whether the key exists is not said.
            ApiKeyRefusal.Surrounded =>
                $"More than the API key was sent. Send only its {ApiKeyToken.Length} characters, starting with {ApiKeyToken.Prefix}, without quotation " +
                    $"marks, blanks or anything else.",
            ApiKeyRefusal.Paused => "This API key is paused. Its account can resume it in Settings.",
            ApiKeyRefusal.AccountDisabled => "The account of this API key is disabled. Ask an administrator to enable it.",
            _ => "This is not a valid API key. Check that all of it was copied.",
        }),
        reason switch
        {
            ApiKeyRefusal.Expired => "Rejected a call with an expired API key",
            ApiKeyRefusal.Deleted => "Rejected a call with a deleted API key",
            ApiKeyRefusal.Paused => "Rejected a call with a paused API key",
            ApiKeyRefusal.AccountDisabled => "Rejected a call with an API key of a disabled account",
            ApiKeyRefusal.Unknown => "Rejected a call with an unknown API key",
            _ => "Rejected a call with something that isn't an API key",
        });

    public Task WriteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        services.GetRequiredService<LogThrottle>().Write(services.GetRequiredService<ILogger<BearerRefusal>>(), LogLevel.Information, InLog, InLog);
        (context.Response.Headers.WWWAuthenticate, context.Response.Headers.CacheControl) = (Challenge, "no-store");
        return Problem.WriteAsync(context);
    }
}
