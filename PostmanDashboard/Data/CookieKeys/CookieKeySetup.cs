using Microsoft.AspNetCore.DataProtection;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Data.CookieKeys;

internal static class CookieKeySetup
{
    /// <summary>Keeps the keys that protect cookies in the database, protected by the certificate of
    /// <c>DataProtection:Certificate</c> where there is one.</summary>
    public static void AddCookieKeys(this WebApplicationBuilder builder)
    {
        var keys = builder.Services.AddDataProtection().SetApplicationName("PostmanDashboard").PersistKeysToDbContext<DashboardDbContext>();
        // Read by hand because it decides what is registered. A problem is said with those of the other settings, at the start.
        var options = builder.Configuration.GetSection(CookieKeyOptions.Section).Get<CookieKeyOptions>() ?? new CookieKeyOptions();
        var certificates = CookieKeyCertificates.Load(options, builder.Environment.ContentRootPath);
        builder.AddSettings<CookieKeyOptions>(CookieKeyOptions.Section)
            .Validate(_ => certificates.Problem is null, certificates.Problem ?? "");
        builder.Services.AddSingleton(certificates);
        builder.Services.AddSingleton<CookieKeyProtection>();
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
