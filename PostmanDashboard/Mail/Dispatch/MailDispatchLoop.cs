using PostmanDashboard.Mail.Transports;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Sends what was just put into the outbox, at once, with all senders. A recurring job covers what this one missed.</summary>
public sealed class MailDispatchLoop(MailDispatch dispatch, Outbox outbox, MailServer server, TimeProvider clock, ILogger<MailDispatchLoop> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([WakeWhileTheServerFailsAsync(stoppingToken), .. Enumerable.Range(0, dispatch.Senders).Select(_ => SendWhenWokenAsync(stoppingToken))]);

    private async Task WakeWhileTheServerFailsAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(MailServer.TriedEvery / 10, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (server.Trouble is not null)
            {
                outbox.Wake();
            }
        }
    }

    /// <summary>One sender: a slow mail holds up no other one.</summary>
    private async Task SendWhenWokenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await outbox.WaitAsync(stoppingToken);
            try
            {
                await dispatch.SendAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // A database that is away for a moment must not end the loop; the recurring job takes up what waits.
                logger.LogError(failure, "The outbox could not be processed");
            }
        }
    }
}
