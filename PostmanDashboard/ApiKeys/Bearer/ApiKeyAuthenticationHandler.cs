using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using NodaTime;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Shell.Security;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>Signs a call in as the account of the key in its <c>Authorization: Bearer</c> header, for this call only.</summary>
public sealed class ApiKeyAuthenticationHandler(
    ApiKeyVerifier verifier,
    CallRecorder usage,
    SelfCallMarker trials,
    DateTimeZone zone,
    TimeProvider clock,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private BearerRefusal refusal = BearerRefusal.NoToken;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!BearerCredentials.TryRead(Request.Headers.Authorization, out var token))
        {
            return Refuse(BearerRefusal.SeveralCredentials);
        }

        if (token is null)
        {
            return AuthenticateResult.NoResult();
        }

        var demand = CallDemand.Of(Context);
        var verification = trials.IsOn(Request)
            ? verifier.VerifyWithoutUseAsync(token, demand with { IsOurs = true }, Context.RequestAborted)
            : verifier.VerifyAsync(token, demand, Context.RequestAborted);
        return await verification switch
        {
            ApiKeyVerification.Accepted accepted => Accept(accepted),
            ApiKeyVerification.Refused refused => Refuse(refused),
            var other => throw new InvalidOperationException($"Unknown verification {other}."),
        };
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        await refusal.WriteAsync(Context);
    }

    private AuthenticateResult Accept(ApiKeyVerification.Accepted accepted)
    {
        var key = accepted.Key;
        Note(key.Id, KeyCallOutcome.Accepted, accepted.At);
        Response.AddExpiryHeaders(accepted, zone);
        Context.Features.Set(accepted);
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, key.AccountId.ToString()), new Claim(ClaimTypes.Name, key.AccountEmail)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private AuthenticateResult Refuse(ApiKeyVerification.Refused refused)
    {
        if (refused.KeyId is { } key)
        {
            Note(key, OutcomeOf(refused.Reason), clock.GetUtcNow());
        }

        if (refused.Live is { } live)
        {
            Response.AddExpiryHeaders(live, zone);
        }

        return Refuse(refused.Reason is ApiKeyRefusal.Network
            ? BearerRefusal.OutsideNetworks(Context.GetClientAddress())
            : BearerRefusal.For(refused.Reason));
    }

    private void Note(Guid keyId, KeyCallOutcome outcome, DateTimeOffset at)
    {
        if (!trials.IsOn(Request))
        {
            usage.Note(new KeyCall(keyId, outcome, at, CallerName.Of(Context)));
        }
    }

    private static KeyCallOutcome OutcomeOf(ApiKeyRefusal reason) => reason switch
    {
        ApiKeyRefusal.Expired => KeyCallOutcome.Expired,
        ApiKeyRefusal.Deleted => KeyCallOutcome.Deleted,
        ApiKeyRefusal.AccountDisabled => KeyCallOutcome.AccountDisabled,
        ApiKeyRefusal.Paused => KeyCallOutcome.Paused,
        ApiKeyRefusal.Network => KeyCallOutcome.OutsideNetworks,
        ApiKeyRefusal.Access => KeyCallOutcome.BeyondAccess,
        _ => throw new InvalidOperationException($"A call refused as {reason} is of no key."),
    };

    private AuthenticateResult Refuse(BearerRefusal why)
    {
        refusal = why;
        return AuthenticateResult.Fail(why.Problem.Message);
    }
}
