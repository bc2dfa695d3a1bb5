using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts.SignIn.Codes;

/// <summary>What can come of asking for a sign-in code.</summary>
public abstract record RequestCodeResult
{
    private RequestCodeResult()
    {
    }

    /// <summary>The mail is on its way.</summary>
    /// <param name="FlowSecret">What the browser must show with the code. It belongs in a cookie and nowhere else.</param>
    public sealed record Sent(string FlowSecret) : RequestCodeResult
    {
        public override string ToString() => nameof(Sent);
    }

    /// <summary>What was typed is not an email address.</summary>
    public sealed record NotAnAddress : RequestCodeResult;

    /// <summary>A mail server may send on to someone else what goes to this address (<see cref="EmailAddress.IsRoute"/>).</summary>
    public sealed record ForwardingAddress : RequestCodeResult;

    /// <summary>The address is of a domain whose people may not sign in.</summary>
    public sealed record DomainNotAllowed(string Domain) : RequestCodeResult;

    /// <summary>There were too many codes for this address, or from this network.</summary>
    /// <param name="RetryAfter">How long until asking again is of use; more than zero.</param>
    public sealed record TooMany(TooManyReason Reason, TimeSpan RetryAfter) : RequestCodeResult;

    /// <summary>The mail server didn't take the mail. Nothing is used up: the person may try again at once.</summary>
    public sealed record NotSent : RequestCodeResult;
}

/// <summary>Which limit of signing in was reached.</summary>
public enum TooManyReason
{
    /// <summary>A code was mailed to this address a moment ago.</summary>
    JustSent,

    /// <summary>This address has had its codes for the hour in browsers that are new to it.</summary>
    CodesForNewBrowsers,

    /// <summary>This address has had its codes for the hour in this browser, which has signed in to it before.</summary>
    CodesForBrowser,

    /// <summary>This network has asked for its codes for the hour, for whichever addresses.</summary>
    CodesForNetwork,
}
