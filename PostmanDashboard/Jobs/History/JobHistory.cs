using Hangfire;
using Hangfire.Logging;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;
using PostmanDashboard.Data.Storage;

namespace PostmanDashboard.Jobs.History;

/// <summary>Opens where Hangfire keeps what it knows.</summary>
/// <exception cref="UnusableStorageException">It can't be used.</exception>
public delegate JobStorage OpenJobStorage();

/// <summary>
/// What Hangfire knows of the jobs. Services are made with it, but it is opened later, within the start, which can explain a failure.
/// Nothing that we promise depends on it.
/// </summary>
public sealed class JobHistory(OpenJobStorage open) : JobStorage
{
    private JobStorage? opened;

    public override bool LinearizableReads => Opened.LinearizableReads;

    private JobStorage Opened => opened ?? throw new InvalidOperationException("The history of background jobs is opened at the start, and not before.");

    /// <exception cref="UnusableStorageException">It can't be used.</exception>
    public void Open()
    {
        opened = open();
        JobExpirationTimeout = HistoryFile.KeptFor;
    }

    public override IStorageConnection GetConnection() => Opened.GetConnection();

    public override IStorageConnection GetReadOnlyConnection() => Opened.GetReadOnlyConnection();

    public override IMonitoringApi GetMonitoringApi() => Opened.GetMonitoringApi();

    [Obsolete("Storages of before Hangfire 1.8 have these and not processes.")]
    public override IEnumerable<IServerComponent> GetComponents() => Opened.GetComponents();

    public override IEnumerable<IBackgroundProcess> GetServerRequiredProcesses() => Opened.GetServerRequiredProcesses();

    public override IEnumerable<IBackgroundProcess> GetStorageWideProcesses() => Opened.GetStorageWideProcesses();

    public override IEnumerable<IStateHandler> GetStateHandlers() => Opened.GetStateHandlers();

    public override void WriteOptionsToLog(ILog logger) => Opened.WriteOptionsToLog(logger);

    public override bool HasFeature(string featureId) => Opened.HasFeature(featureId);
}
