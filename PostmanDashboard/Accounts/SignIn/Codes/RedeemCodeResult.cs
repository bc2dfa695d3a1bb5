using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts.SignIn.Codes;

/// <summary>What can come of entering a sign-in code.</summary>
public abstract record RedeemCodeResult
{
    private RedeemCodeResult()
    {
    }

    /// <summary>The code was right, and is used up now.</summary>
    public sealed record Accepted(EmailAddress Address) : RedeemCodeResult;

    /// <summary>What was typed isn't six digits. It didn't count as a try.</summary>
    public sealed record NotACode : RedeemCodeResult;

    /// <param name="TriesLeft">0 when this was the last try.</param>
    public sealed record Wrong(int TriesLeft) : RedeemCodeResult;

    /// <summary>There is no code to enter any more: it ran out, was used, was tried too often, or this browser never asked for one.</summary>
    public sealed record Gone : RedeemCodeResult;
}
