namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Sends what was just put into the outbox, at once. A recurring job covers what this one missed.</summary>
public sealed class MailDispatchLoop(MailDispatch dispatch, Outbox outbox, ILogger<MailDispatchLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await outbox.WaitAsync(stoppingToken);
            try
            {
                await dispatch.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // A database that is away for a moment must not end the loop; the recurring job takes up what waits.
                logger.LogError(failure, "The outbox could not be worked through");
            }
        }
    }
}
