using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>Tells whether a session still holds, by what the database says now.</summary>
public sealed class OpenSessions(IDbContextFactory<DashboardDbContext> databases, SessionRule rule)
{
    public async Task<bool> HoldsAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (rule.HasRunOut(person))
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await rule.Holding(db, person).AnyAsync(cancellationToken);
    }

    /// <returns>Those of the sessions that hold no more.</returns>
    public async Task<IReadOnlyList<ActingSession>> FindEndedAsync(IReadOnlyCollection<ActingSession> open, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await rule.FindEndedAsync(db, open, cancellationToken);
    }
}
