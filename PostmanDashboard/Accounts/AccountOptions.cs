using System.ComponentModel.DataAnnotations;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts;

/// <summary>Who may sign in, and who is an administrator.</summary>
public sealed class AccountOptions : IValidatableObject
{
    public const string Section = "Accounts";

    /// <summary>
    /// Domains of email addresses: <c>agency.gov.sg</c> is that domain alone, <c>.gov.sg</c> also everything below it, <c>*</c> everyone.
    /// </summary>
    public IList<string> AllowedEmailDomains { get; } = [];

    /// <summary>The accounts that are administrators whatever the database says.</summary>
    public IList<string> AdminEmails { get; } = [];

    /// <summary>
    /// How many codes may be asked for in an hour from one network (an IPv4 address, a /64 of IPv6), for whichever addresses and not
    /// counting browsers that have signed in to them before. 1 to 100000.
    /// </summary>
    public int CodesPerNetwork { get; set; } = 300;

    /// <summary>Whether <see cref="AdminEmails"/> has this address, whatever the case and the spaces around it.</summary>
    public bool NamesAdministrator(string? email) =>
        EmailAddress.TryParse(email, out var address) && AdminEmails.Any(admin => EmailAddress.TryParse(admin, out var named) && named == address);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AllowedEmailDomains.Count == 0)
        {
            yield return new ValidationResult(
                "Accounts:AllowedEmailDomains is empty, so nobody could sign in. Add a domain like .gov.sg, or * for everybody.");
        }

        foreach (var domain in AllowedEmailDomains.Where(domain => !IsDomain(domain.Trim())))
        {
            yield return new ValidationResult(
                $"Accounts:AllowedEmailDomains has “{domain}”, which is not a domain. Use agency.gov.sg, .gov.sg (which includes its subdomains) or *.");
        }

        if (CodesPerNetwork is < 1 or > 100_000)
        {
            yield return new ValidationResult($"Accounts:CodesPerNetwork is {CodesPerNetwork}; use 1 to 100000 codes an hour.");
        }

        foreach (var email in AdminEmails.Where(email => !EmailAddress.TryParse(email, out _)))
        {
            yield return new ValidationResult($"Accounts:AdminEmails has “{email}”, which is not an email address.");
        }
    }

    // What is below .gov need not have a second dot; an address at it has one.
    private static bool IsDomain(string pattern) =>
        pattern == "*" || EmailAddress.TryParse(pattern.StartsWith('.') ? $"a@agency{pattern}" : $"a@{pattern}", out _);
}
