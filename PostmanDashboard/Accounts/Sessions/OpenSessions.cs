using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>Tells whether a session is still valid, according to the database.</summary>
public sealed class OpenSessions(IDbContextFactory<DashboardDbContext> databases, SessionRule rule)
{
    /// <summary>After how many rows, of some hundred bytes each.</summary>
    private const int AskedEvery = 100;

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

    /// <summary>For responses that a browser reads slowly: continues for as long as the session is valid.</summary>
    /// <exception cref="SessionEndedException">It ended meanwhile.</exception>
    public async IAsyncEnumerable<T> WhileHoldsAsync<T>(
        ClaimsPrincipal person, IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (++read % AskedEvery == 0 && !await HoldsAsync(person, cancellationToken))
            {
                throw new SessionEndedException();
            }

            yield return row;
        }
    }
}
