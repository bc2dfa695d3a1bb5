namespace PostmanDashboard.Accounts.Sessions.Circuits;

/// <summary>
/// Ends the circuits of sessions that ended elsewhere, within a second: in another process, by hand in the database, or because their
/// time is over. Until then such a circuit shows what it showed, and does nothing: see <see cref="CircuitGate"/>.
/// </summary>
internal sealed class CircuitWatch(OpenCircuits circuits, OpenSessions sessions, TimeProvider clock, ILogger<CircuitWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning(failure, "Could not check which sessions are still valid");
            }
        }
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        if (circuits.All is not { Count: > 0 } open)
        {
            return;
        }

        // Each tab by itself: one that was opened later may know of a role that the others of its session don't, and that was taken away.
        foreach (var session in await sessions.FindEndedAsync(open, cancellationToken))
        {
            session.Close();
        }
    }
}
