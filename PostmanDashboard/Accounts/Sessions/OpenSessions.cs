using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>Tells a page that stays open whether its session still holds.</summary>
public sealed class OpenSessions(IDbContextFactory<DashboardDbContext> databases, IOptions<IdentityOptions> identity, TimeProvider clock)
{
    public async Task<bool> HoldsAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (SessionCookie.EndsAt(principal) is { } endsAt && !SessionCookie.IsRunning(endsAt, clock.GetUtcNow()))
        {
            return false;
        }

        var (id, session) = (principal.AccountId(), SessionCookie.IdOf(principal));
        var stamp = principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(
            account => account.Id == id && account.DisabledAt == null && account.SecurityStamp == stamp
                && !db.EndedSessions.Any(ended => ended.Id == session),
            cancellationToken);
    }
}
