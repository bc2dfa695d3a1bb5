using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
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

    /// <returns>True also for whoever didn't come with the cookie of a session.</returns>
    public bool HasRunOut(ClaimsPrincipal person) => SessionCookie.IdOf(person) is null
        || (SessionCookie.EndsAt(person) is { } endsAt && !SessionCookie.IsRunning(endsAt, clock.GetUtcNow()));

    /// <returns>The account of the session while that holds, and nothing afterwards.</returns>
    public IQueryable<EnabledAccount> Holding(DashboardDbContext db, ClaimsPrincipal person)
    {
        var (id, session, stamp, needsRole) = (person.AccountId(), SessionCookie.IdOf(person), StampOf(person), NeedsRole(person));
        return Enabled(db).Where(account => account.Id == id && account.Stamp == stamp && (!needsRole || account.IsAdministrator)
            && !db.EndedSessions.Any(ended => ended.Id == session));
    }

    /// <summary>The same for many sessions at once, by two questions however many they are.</summary>
    /// <returns>Those that hold no more.</returns>
    public async Task<IReadOnlyList<ActingSession>> FindEndedAsync(
        DashboardDbContext db, IReadOnlyCollection<ActingSession> sessions, CancellationToken cancellationToken)
    {
        var running = sessions.Where(session => !HasRunOut(session.Person)).ToList();
        var (ids, accountIds) = (running.Select(session => session.Id!.Value).ToList(),
            running.Select(session => session.Person.AccountId()).Distinct().ToList());
        // In one parameter: however many there are, the statement is the same.
        var found = await Enabled(db).Where(account => EF.Parameter(accountIds).Contains(account.Id))
            .ToDictionaryAsync(account => account.Id, cancellationToken);
        var ended = await db.EndedSessions.Select(session => session.Id).Where(id => EF.Parameter(ids).Contains(id)).ToHashSetAsync(cancellationToken);
        return [.. sessions.Except(running.Where(Holds))];

        bool Holds(ActingSession session) => found.TryGetValue(session.Person.AccountId(), out var account)
            && account.Stamp == StampOf(session.Person) && (!NeedsRole(session.Person) || account.IsAdministrator)
            && !ended.Contains(session.Id!.Value);
    }

    private static IQueryable<EnabledAccount> Enabled(DashboardDbContext db) => db.Users
        .Where(account => account.DisabledAt == null)
        .Select(account => new EnabledAccount
        {
            Id = account.Id,
            Stamp = account.SecurityStamp,
            IsAdministrator = db.UserRoles.Any(held => held.UserId == account.Id
                && db.Roles.Any(role => role.Id == held.RoleId && role.NormalizedName == Administrator)),
        });

    private string? StampOf(ClaimsPrincipal person) => person.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);

    private bool NeedsRole(ClaimsPrincipal person) => person.IsInRole(Roles.Administrator) && !accounts.Value.NamesAdministrator(person.AccountEmail());
}
