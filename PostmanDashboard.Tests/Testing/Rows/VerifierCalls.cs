using PostmanDashboard.ApiKeys.Bearer;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>Calls that ask nothing of a key but to be live.</summary>
internal static class VerifierCalls
{
    public static ValueTask<ApiKeyVerification> VerifyAsync(this ApiKeyVerifier verifier, string? presented, CancellationToken cancellationToken) =>
        verifier.VerifyAsync(presented, demand: default, cancellationToken);

    public static ValueTask<ApiKeyVerification> VerifyWithoutUseAsync(
        this ApiKeyVerifier verifier, string? presented, CancellationToken cancellationToken) =>
        verifier.VerifyWithoutUseAsync(presented, demand: default, cancellationToken);
}
