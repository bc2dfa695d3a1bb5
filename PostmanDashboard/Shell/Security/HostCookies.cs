using Microsoft.AspNetCore.Antiforgery;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Shell.Security;

/// <summary>
/// Where people reach the dashboard over HTTPS (<c>Public:BaseUrl</c>), cookies have the prefix <c>__Host-</c> (RFC 6265bis, 4.1.3.2):
/// browsers then take them from this host alone, over HTTPS alone, and no sister subdomain can set one.
/// </summary>
public static class HostCookies
{
    public const string Prefix = "__Host-";

    public static void AddHostCookies(this IServiceCollection services, IConfiguration configuration)
    {
        var isHttps = PublicOptions.Read(configuration).IsHttps;
        services.Configure<AntiforgeryOptions>(antiforgery => antiforgery.Cookie =
            new AntiforgeryCookie(isHttps) { SameSite = SameSiteMode.Strict, HttpOnly = true, IsEssential = true, Path = "/" });
    }

    /// <summary>As long as the address is plain HTTP, as in Development, the name stays as it is: browsers refuse the prefix there.</summary>
    public static string NameFor(bool isHttps, string name) => isHttps ? Prefix + name : name;

    /// <remarks>Of its own, because the framework's refuses to work behind a proxy that doesn't say that the call came over HTTPS.</remarks>
    private sealed class AntiforgeryCookie : CookieBuilder
    {
        private readonly bool isHttps;

        public AntiforgeryCookie(bool isHttps) => (Name, this.isHttps) = (NameFor(isHttps, "Postman.Antiforgery"), isHttps);

        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var cookie = base.Build(context, expiresFrom);
            cookie.Secure = isHttps || context.Request.IsHttps;
            return cookie;
        }
    }
}
