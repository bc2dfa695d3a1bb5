using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Jobs;

/// <summary>Remembers how recurring jobs went, for administrators and for the health check. Hangfire's own history may be gone at any time.</summary>
public sealed class JobRuns(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    /// <param name="caughtUp">How many of those handled were late.</param>
    public async Task RecordAsync(string jobId, DateTimeOffset startedAt, int handled, int caughtUp, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var run = await db.JobRuns.SingleOrDefaultAsync(run => run.JobId == jobId, cancellationToken);
        if (run is null)
        {
            db.JobRuns.Add(run = new JobRun { JobId = jobId });
        }

        (run.StartedAt, run.FinishedAt, run.Handled) = (startedAt, clock.GetUtcNow(), handled);
        if (caughtUp > 0)
        {
            (run.CaughtUpAt, run.CaughtUp) = (startedAt, caughtUp);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>Null when the job never came to its end.</returns>
    public async Task<JobRun?> FindAsync(string jobId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.JobRuns.AsNoTracking().SingleOrDefaultAsync(run => run.JobId == jobId, cancellationToken);
    }
}
