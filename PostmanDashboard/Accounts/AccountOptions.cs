using System.ComponentModel.DataAnnotations;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Accounts;

/// <summary>Who may sign in, and who is an administrator.</summary>
public sealed class AccountOptions : IValidatableObject
{
    public const string Section = "Accounts";

    /// <summary>
    /// Domains of email addresses: <c>agency.gov.sg</c> is that domain alone, <c>.gov.sg</c> also everything below it, <c>*</c> everybody.
    /// </summary>
    public IList<string> AllowedEmailDomains { get; } = [];

    /// <summary>The accounts that are administrators whatever the database says.</summary>
    public IList<string> AdminEmails { get; } = [];

    /// <summary>Whether <see cref="AdminEmails"/> has this address, whatever the case and the spaces around it.</summary>
    public bool NamesAdministrator(string? email) =>
        AdminEmails.Any(admin => string.Equals(admin.Trim(), email, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AllowedEmailDomains.Count == 0)
        {
            yield return new ValidationResult("Accounts:AllowedEmailDomains is empty, so nobody could sign in. Name a domain like .gov.sg, or * for everybody.");
        }

        foreach (var domain in AllowedEmailDomains.Where(domain => !IsDomain(domain.Trim())))
        {
            yield return new ValidationResult($"Accounts:AllowedEmailDomains has “{domain}”, which is no domain. Write agency.gov.sg, .gov.sg (with everything below it) or *.");
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
