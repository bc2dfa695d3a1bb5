namespace PostmanDashboard.Jobs.History;

/// <summary>Opens the history of the jobs before anything runs that writes to it.</summary>
internal sealed class HistoryStart(JobHistory history) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        history.Open();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
