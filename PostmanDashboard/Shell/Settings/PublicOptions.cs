using System.ComponentModel.DataAnnotations;

namespace PostmanDashboard.Shell.Settings;

/// <summary>How the dashboard is reached from outside.</summary>
public sealed class PublicOptions : IValidatableObject
{
    public const string Section = "Public";

    /// <summary>What links and examples start with, without a slash at the end. Null only in Development, where the address listened at will do.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The host of <see cref="BaseUrl"/>. Null where that is.</summary>
    public string? Host => Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) ? url.IdnHost : null;

    /// <summary>Whether browsers are told to reach all subdomains of this host over HTTPS alone too (RFC 6797). Only where all of them can.</summary>
    public bool HstsIncludeSubDomains { get; set; }

    /// <summary>Whether people reach the dashboard over HTTPS.</summary>
    public bool IsHttps => Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps;

    /// <summary>What the settings say, right or wrong, for what is decided before they are checked. What is wrong with them is said then, and once.</summary>
    internal static PublicOptions Read(IConfiguration settings)
    {
        var section = settings.GetSection(Section);
        _ = bool.TryParse(section[nameof(HstsIncludeSubDomains)], out var hasSubDomains);
        return new() { BaseUrl = section[nameof(BaseUrl)], HstsIncludeSubDomains = hasSubDomains };
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(BaseUrl))
        {
            yield break;
        }

        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult($"Public:BaseUrl is “{BaseUrl}”, which is not an address. Write it like https://postman.agency.gov.sg.");
        }
        else if (url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            yield return new ValidationResult(
                $"Public:BaseUrl is “{BaseUrl}”, but it takes scheme, host and port alone: {url.GetLeftPart(UriPartial.Authority)}. The dashboard " +
                    $"can't live under a path.");
        }
    }
}
