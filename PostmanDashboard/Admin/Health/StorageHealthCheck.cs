using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostmanDashboard.Data.Storage;

namespace PostmanDashboard.Admin.Health;

/// <summary>Healthy while something can be saved.</summary>
public sealed class StorageHealthCheck(WriteCheck writes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await writes.FindErrorAsync(cancellationToken) is { } error ? HealthCheckResult.Unhealthy($"Nothing can be saved: {InWords(error.Kind)}")
            : HealthCheckResult.Healthy();

    /// <summary>Without paths and names: anyone may ask. The log has those.</summary>
    private static string InWords(StorageErrorKind kind) => kind switch
    {
        StorageErrorKind.FullDisk => "the disk is full.",
        StorageErrorKind.ReadOnly => "the file system is read-only.",
        StorageErrorKind.NotPermitted => "the program may not write to its files.",
        StorageErrorKind.Damaged => "the database is damaged.",
        _ => "the database can't be written.",
    };
}
