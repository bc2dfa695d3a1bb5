using PostmanDashboard.Accounts.SignIn.Codes;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>All that is made up for one request for a code.</summary>
/// <remarks>A class and not a record, because a record would print the secrets.</remarks>
internal sealed class CodeSecrets
{
    /// <summary>For the cookie of the browser that asks.</summary>
    public string Flow { get; } = SignInSecrets.NewSecret();

    public string Code { get; } = SignInSecrets.NewCode();

    /// <summary>For the link in the mail, if it gets one.</summary>
    public string Link { get; } = SignInSecrets.NewSecret();
}
