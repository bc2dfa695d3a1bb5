using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Security;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>The cookie of a session: 24 hours from the sign-in, not prolonged by use.</summary>
internal static class SessionCookie
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How old what a session knows of its account may be: a role that was given, an address. What takes something away counts at once.</summary>
    public static readonly TimeSpan RefreshedEvery = TimeSpan.FromMinutes(1);

    /// <summary>How far the clock may go back while people are signed in.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private const string EndsAtClaim = "session_ends_at";
    private const string IdClaim = "session_id";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "Postman.Session";
        cookie.Cookie.HttpOnly = true;
        // Lax: whoever follows the link in a reminder mail arrives signed in.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Lifetime;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = PageRoutes.SignIn;
        // Someone who is signed in but not allowed gets 403 at once: there is nowhere to redirect to.
        cookie.Events.OnRedirectToAccessDenied = RefuseAsync;
        cookie.Events.OnSigningIn = NameAsync;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>A cookie of this host alone, where the address is HTTPS. Also behind a proxy that doesn't say so.</summary>
    public static void BindToHost(CookieAuthenticationOptions cookie, bool isHttps)
    {
        cookie.Cookie.Name = HostCookies.NameFor(isHttps, cookie.Cookie.Name!);
        if (isHttps)
        {
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        }
    }

    /// <returns>Which session this is: one for each sign-in. Null for a principal that didn't come out of the cookie.</returns>
    public static Guid? IdOf(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(IdClaim), out var id) ? id : null;

    /// <returns>By what a page recognises its session; it opens nothing. Empty for a principal that didn't come out of the cookie.</returns>
    public static string MarkOf(ClaimsPrincipal principal) =>
        IdOf(principal) is { } id ? Convert.ToHexStringLower(SHA256.HashData(id.ToByteArray())) : "";

    /// <returns>Null for a principal that didn't come out of the cookie.</returns>
    public static DateTimeOffset? EndsAt(ClaimsPrincipal principal) =>
        principal.FindFirstValue(EndsAtClaim) is { } text
            ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture)
            : null;

    /// <returns>False also for a session that would last longer than one can: the clock ran ahead when it began, and was set back.</returns>
    public static bool IsRunning(DateTimeOffset endsAt, DateTimeOffset now) => now < endsAt && endsAt <= now + Lifetime + ClockTolerance;

    /// <remarks>In the properties, because the principal is rebuilt whenever the account is looked at.</remarks>
    private static Task NameAsync(CookieSigningInContext context)
    {
        context.Properties.Items.TryAdd(IdClaim, Guid.NewGuid().ToString("N"));
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (!Carry(context) || !await HoldsAsync(context))
        {
            context.RejectPrincipal();
            return;
        }

        await SecurityStampValidator.ValidatePrincipalAsync(context);
        Carry(context);
    }

    /// <summary>A page that stays open has no cookie to ask any more, so its principal carries the end, and which session it is.</summary>
    /// <returns>False for a cookie that doesn't say so.</returns>
    private static bool Carry(CookieValidatePrincipalContext context)
    {
        if (context.Properties.ExpiresUtc is not { } endsAt || context.Principal?.Identity is not ClaimsIdentity identity
            || !context.Properties.Items.TryGetValue(IdClaim, out var id) || !Guid.TryParse(id, out _))
        {
            return false;
        }

        Carry(identity, EndsAtClaim, endsAt.ToString("O", CultureInfo.InvariantCulture));
        Carry(identity, IdClaim, id);
        return true;
    }

    private static Task<bool> HoldsAsync(CookieValidatePrincipalContext context) => context.HttpContext.RequestServices
        .GetRequiredService<OpenSessions>().HoldsAsync(context.Principal!, context.HttpContext.RequestAborted);

    private static void Carry(ClaimsIdentity identity, string type, string value)
    {
        if (!identity.HasClaim(claim => claim.Type == type))
        {
            identity.AddClaim(new Claim(type, value));
        }
    }
}
