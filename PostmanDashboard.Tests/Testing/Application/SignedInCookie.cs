using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostmanDashboard.Accounts;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>The cookie of a browser in which somebody has just signed in, for tests that are not about signing in.</summary>
public static class SignedInCookie
{
    /// <returns>A value for the header <c>Cookie</c>.</returns>
    public static async Task<string> CreateSignedInCookieAsync(this DashboardApplication app, Account account)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        var cookies = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = app.Clock.GetUtcNow();
        var properties = new AuthenticationProperties(new Dictionary<string, string?> { ["session_id"] = $"{Guid.NewGuid()}" })
        {
            IssuedUtc = now,
            ExpiresUtc = now.AddDays(1),
        };
        var ticket = new AuthenticationTicket(person, properties, IdentityConstants.ApplicationScheme);
        return $"{cookies.Cookie.Name}={cookies.TicketDataFormat.Protect(ticket)}";
    }
}
