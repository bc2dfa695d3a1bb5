using Hangfire;
using Hangfire.Storage;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>Where Hangfire keeps what it knows, on a disk that is full or gone: all of it fails.</summary>
public sealed class NoJobStorage : JobStorage
{
    public override IStorageConnection GetConnection() => throw new IOException("No space left on device.");

    public override IMonitoringApi GetMonitoringApi() => throw new IOException("No space left on device.");
}
