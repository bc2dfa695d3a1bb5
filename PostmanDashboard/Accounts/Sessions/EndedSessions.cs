using System.Data;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts.Sessions.Circuits;
using PostmanDashboard.Data;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>Remembers which sessions were signed out of. Each browser has its own: the rest of a team that shares a mailbox stays signed in.</summary>
public sealed class EndedSessions(IDbContextFactory<DashboardDbContext> databases, OpenCircuits circuits, TimeProvider clock)
{
    /// <summary>Also ends the session's circuits, at once. Safe to call twice, and for someone who isn't signed in.</summary>
    public async Task AddAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (SessionCookie.IdOf(principal) is not { } id || SessionCookie.EndsAt(principal) is not { } endsAt)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        await db.EndedSessions.Where(old => old.ForgottenAt <= now).ExecuteDeleteAsync(cancellationToken);
        if (!await db.EndedSessions.AnyAsync(session => session.Id == id, cancellationToken))
        {
            db.EndedSessions.Add(new EndedSession { Id = id, ForgottenAt = endsAt });
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        circuits.Close(id);
    }
}
