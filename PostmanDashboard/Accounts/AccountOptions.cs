namespace PostmanDashboard.Accounts;

/// <summary>Who may sign in, and who is an administrator.</summary>
public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>
    /// Domains of email addresses: <c>agency.gov.sg</c> is that domain alone, <c>.gov.sg</c> also everything below it, <c>*</c> everybody.
    /// </summary>
    public IList<string> AllowedEmailDomains { get; } = [];

    /// <summary>The accounts that are administrators whatever the database says.</summary>
    public IList<string> AdminEmails { get; } = [];
}
