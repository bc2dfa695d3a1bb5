using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>
/// What a session needs in order to hold: its 24 hours aren't over, nobody signed out of it, its account is enabled and has ended no
/// sessions since, and whoever came as an administrator still is one.
/// </summary>
public sealed class SessionRule(IOptions<IdentityOptions> identity, IOptions<AccountOptions> accounts, TimeProvider clock)
{
    private static readonly string Administrator = Roles.Administrator.ToUpperInvariant();

    public bool HasRunOut(ClaimsPrincipal person) => SessionCookie.EndsAt(person) is { } endsAt && !SessionCookie.IsRunning(endsAt, clock.GetUtcNow());

    /// <returns>The account of the session while that holds, and nothing afterwards.</returns>
    public IQueryable<Account> Holding(DashboardDbContext db, ClaimsPrincipal person)
    {
        var (id, session) = (person.AccountId(), SessionCookie.IdOf(person));
        var stamp = person.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        var needsRole = person.IsInRole(Roles.Administrator) && !accounts.Value.NamesAdministrator(person.AccountEmail());
        return db.Users.Where(account => account.Id == id && account.DisabledAt == null && account.SecurityStamp == stamp
            && !db.EndedSessions.Any(ended => ended.Id == session)
            && (!needsRole || db.UserRoles.Any(held => held.UserId == id
                && db.Roles.Any(role => role.Id == held.RoleId && role.NormalizedName == Administrator))));
    }
}
