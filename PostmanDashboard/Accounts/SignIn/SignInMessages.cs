using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Accounts.SignIn.Limits;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>What people read when they can't be signed in.</summary>
internal static class SignInMessages
{
    /// <returns>Null when the code is on its way.</returns>
    public static string? Explain(this RequestCodeResult result, AllowedDomains domains) => result switch
    {
        RequestCodeResult.Sent => null,
        RequestCodeResult.NotAnAddress => "This is not an email address. Enter one like name@agency.gov.sg.",
        RequestCodeResult.ForwardingAddress =>
            "Addresses like this one can’t sign in, because mail servers may forward their mail (as with % or !). Use the mailbox’s own address.",
        RequestCodeResult.DomainNotAllowed refused => $"People at {refused.Domain} can’t sign in here. Allowed: {domains.InWords}.",
        RequestCodeResult.TooMany tooMany => Explain(tooMany),
        RequestCodeResult.NotSent =>
            "We couldn’t email the code just now. This attempt didn’t count: try again in a moment. If it keeps happening, tell your administrator that " +
            "mail can’t be sent.",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    /// <returns>Null when the code was right.</returns>
    public static string? Explain(this RedeemCodeResult result) => result switch
    {
        RedeemCodeResult.Accepted => null,
        RedeemCodeResult.NotACode => "A code has six digits. Check your email and enter all six.",
        RedeemCodeResult.Wrong { TriesLeft: 0 } => "That was the last attempt with this code. Send a new code and use that one.",
        RedeemCodeResult.Wrong { TriesLeft: 1 } => "That code isn’t right. You have one more attempt.",
        RedeemCodeResult.Wrong wrong => $"That code isn’t right. You have {wrong.TriesLeft} more attempts.",
        RedeemCodeResult.Gone => "This code no longer works: codes work once, for 10 minutes, and only in the browser that requested them. " +
            "Send a new code.",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    private static string Explain(RequestCodeResult.TooMany tooMany)
    {
        var wait = Waiting.InWords(tooMany.RetryAfter);
        return tooMany.Reason switch
        {
            TooManyReason.JustSent => $"We just emailed a code to this address. Check your inbox and spam folder; you can send a new one in {wait}.",
            TooManyReason.CodesForNewBrowsers =>
                $"This address has had {SignInLimits.Codes} codes in an hour in new browsers. You can send the next one in {wait}. To " +
                $"continue now, open the link in the latest of these emails, or use a browser where you have signed in before.",
            TooManyReason.CodesForBrowser => $"This address has had {SignInLimits.Codes} codes in an hour. You can send the next one in {wait}.",
            TooManyReason.CodesForNetwork =>
                $"Too many codes were requested from your network. Try again in {wait}, or use a browser where you have signed in before.",
            _ => throw new ArgumentOutOfRangeException(nameof(tooMany)),
        };
    }
}
