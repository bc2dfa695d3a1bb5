using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Accounts.SignIn.Limits;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>What people read when signing in goes another way than they wished.</summary>
internal static class SignInMessages
{
    /// <returns>Null when the code is on its way.</returns>
    public static string? Explain(this RequestCodeResult result, AllowedDomains domains) => result switch
    {
        RequestCodeResult.Sent => null,
        RequestCodeResult.NotAnAddress => "This is not an email address. Write it like name@agency.gov.sg.",
        RequestCodeResult.AddressMayLeadElsewhere =>
            "Addresses like this one can’t sign in: mail servers may send on what goes to it (as with % or !). Use the mailbox’s own address.",
        RequestCodeResult.DomainNotAllowed refused => $"People at {refused.Domain} can’t sign in here. Allowed: {domains.InWords}.",
        RequestCodeResult.TooMany tooMany => Explain(tooMany),
        RequestCodeResult.NotSent =>
            "The code could not be mailed just now. Nothing was used up: please try again in a moment. If it goes on, tell your administrator that " +
            "mail can’t be sent.",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    /// <returns>Null when the code was right.</returns>
    public static string? Explain(this RedeemCodeResult result) => result switch
    {
        RedeemCodeResult.Accepted => null,
        RedeemCodeResult.NotACode => "A code has six digits. Look in your mail and type all six.",
        RedeemCodeResult.Wrong { TriesLeft: 0 } => "That was the last try for this code. Send a new code and use that one.",
        RedeemCodeResult.Wrong { TriesLeft: 1 } => "This is not the code that we mailed. You have one more try.",
        RedeemCodeResult.Wrong wrong => $"This is not the code that we mailed. You have {wrong.TriesLeft} more tries.",
        RedeemCodeResult.Gone => "This code can’t be used any more: codes work once, for ten minutes, and only in the browser that asked for them. " +
            "Send a new code.",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    private static string Explain(RequestCodeResult.TooMany tooMany)
    {
        var wait = Waiting.InWords(tooMany.RetryAfter);
        return tooMany.Reason switch
        {
            TooManyReason.JustSent => $"A code was mailed to this address a moment ago. Look in your mail, also under spam; a new one can be sent in {wait}.",
            TooManyReason.CodesForNewBrowsers =>
                $"This address has had {SignInLimits.Codes} codes in an hour in browsers that were new to it. The next one can be sent in {wait}. To " +
                $"go on now, open the link in the last of these mails, or use a browser in which you have signed in before.",
            TooManyReason.CodesForBrowser => $"This address has had {SignInLimits.Codes} codes in an hour. The next one can be sent in {wait}.",
            TooManyReason.CodesForNetwork =>
                $"Too many codes were asked for from your network. Try again in {wait}. A browser in which you have signed in before doesn’t have to wait.",
            _ => throw new ArgumentOutOfRangeException(nameof(tooMany)),
        };
    }
}
