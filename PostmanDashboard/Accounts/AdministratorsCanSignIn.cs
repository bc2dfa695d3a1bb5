using Microsoft.Extensions.Options;
using PostmanDashboard.Accounts.SignIn;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts;

/// <summary>Refuses administrators who could not sign in, because their addresses aren't of the allowed domains.</summary>
internal sealed class AdministratorsCanSignIn(IHostEnvironment environment) : IValidateOptions<AccountOptions>
{
    /// <summary>Of appsettings.Development.json. Nobody chose it, so it isn't checked.</summary>
    private const string OfDevelopment = "admin@agency.gov.sg";

    public ValidateOptionsResult Validate(string? name, AccountOptions options)
    {
        var domains = new AllowedDomains(Options.Create(options));
        var strangers = options.AdminEmails
            .Where(email => !(environment.IsDevelopment() && email == OfDevelopment))
            .Where(email => EmailAddress.TryParse(email, out var address) && !domains.Allow(address))
            .Select(email => $"Accounts:AdminEmails has “{email}”, who could not sign in: Accounts:AllowedEmailDomains allows " +
                $"{string.Join(", ", options.AllowedEmailDomains)}.")
            .ToList();
        return strangers.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(strangers);
    }
}
