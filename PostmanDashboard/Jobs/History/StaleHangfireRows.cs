using SQLite;

namespace PostmanDashboard.Jobs.History;

/// <summary>
/// What a process that was killed leaves in Hangfire's tables: locks and servers of the dead, jobs that nobody works on, and parts of
/// what should have been one transaction.
/// </summary>
internal static class StaleHangfireRows
{
    /// <summary>Hangfire itself keeps nothing for longer.</summary>
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromDays(32);

    private static readonly string[] Expiring = ["AggregatedCounter", "Counter", "Hash", "Job", "JobParameter", "List", "Set", "State"];

    private static readonly string[] Dead =
    [
        "DELETE FROM DistributedLock",
        "DELETE FROM Server",
        // Who had fetched these is dead.
        "UPDATE JobQueue SET FetchedAt = 0",
        "DELETE FROM JobQueue WHERE JobId NOT IN (SELECT Id FROM Job)",
        // Nobody would ever run these.
        "DELETE FROM Job WHERE StateName IN ('Enqueued', 'Processing') AND Id NOT IN (SELECT JobId FROM JobQueue)",
        "DELETE FROM State WHERE JobId NOT IN (SELECT Id FROM Job)",
        "DELETE FROM JobParameter WHERE JobId NOT IN (SELECT Id FROM Job)",
    ];

    public static void Clear(SQLiteConnection connection, DateTimeOffset now) => connection.RunInTransaction(() =>
    {
        foreach (var statement in Dead)
        {
            connection.Execute(statement);
        }

        // Written while the clock was ahead, they would stay as long as it was.
        foreach (var table in Expiring)
        {
            connection.Execute($"UPDATE [{table}] SET ExpireAt = ? WHERE ExpireAt > ?", now.UtcTicks, (now + LongestExpiry).UtcTicks);
        }
    });
}
