using Microsoft.Extensions.Options;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>Whose people may sign in (<c>Accounts:AllowedEmailDomains</c>).</summary>
public sealed class AllowedDomains(IOptions<AccountOptions> options)
{
    private readonly IReadOnlyList<string> patterns = [.. options.Value.AllowedEmailDomains.Select(pattern => Normalize(pattern.Trim()))];

    /// <summary><c>agency.gov.sg and every address that ends in .gov.sg</c>: for the message to someone who may not.</summary>
    public string InWords => string.Join(" and ", patterns.Select(pattern =>
        pattern.StartsWith('.') ? $"every address that ends in {pattern}" : $"addresses at {pattern}"));

    public bool Allow(EmailAddress address) => patterns.Any(pattern =>
        pattern == "*" || (pattern.StartsWith('.') ? IsAtOrBelow(address.Domain, pattern) : address.Domain == pattern));

    /// <summary>As the domains of addresses are kept: in small letters, and those of letters that aren't ASCII as mail servers know them.</summary>
    private static string Normalize(string pattern) => EmailAddress.TryParse($"a@a.{pattern.TrimStart('.')}", out var address)
        ? (pattern.StartsWith('.') ? address.Domain[1..] : address.Domain[2..])
        : pattern;

    /// <summary><c>.gov.sg</c> is gov.sg itself and everything below it.</summary>
    private static bool IsAtOrBelow(string domain, string pattern) =>
        domain.EndsWith(pattern, StringComparison.Ordinal) || domain == pattern[1..];
}
