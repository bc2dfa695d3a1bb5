using Microsoft.AspNetCore.DataProtection;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Data.CookieKeys;

internal static class CookieKeySetup
{
    /// <summary>Keeps the keys that protect cookies in the database, protected by the certificate of
    /// <c>DataProtection:Certificate</c> where there is one.</summary>
    public static void AddCookieKeys(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var keys = services.AddDataProtection().SetApplicationName("PostmanDashboard").PersistKeysToDbContext<DashboardDbContext>();
        // Read by hand because it decides what is registered. A problem is said with those of the other settings, at the start.
        var options = configuration.GetSection(CookieKeyOptions.Section).Get<CookieKeyOptions>() ?? new CookieKeyOptions();
        var certificates = CookieKeyCertificates.Load(options, environment.ContentRootPath);
        services.AddSettings<CookieKeyOptions>(configuration, CookieKeyOptions.Section)
            .Validate(_ => certificates.Problem is null, certificates.Problem ?? "");
        services.AddSingleton(certificates);
        services.AddSingleton<CookieKeyProtection>();
        if (certificates.Current is { } current)
        {
            keys.ProtectKeysWithCertificate(current);
        }

        if (certificates.Previous.Count > 0)
        {
            keys.UnprotectKeysWithAnyCertificate([.. certificates.Previous]);
        }
    }
}
