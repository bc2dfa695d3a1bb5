using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostmanDashboard.Data.Storage;

namespace PostmanDashboard.Admin.Health;

/// <summary>Healthy while something can be saved.</summary>
public sealed class StorageHealthCheck(WriteCheck writes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await writes.FindFaultAsync(cancellationToken) is { } fault ? HealthCheckResult.Unhealthy($"Nothing can be saved: {InWords(fault.Kind)}")
            : HealthCheckResult.Healthy();

    /// <summary>Without paths and names: anybody may ask. The log has those.</summary>
    private static string InWords(StorageFaultKind kind) => kind switch
    {
        StorageFaultKind.FullDisk => "the disk is full.",
        StorageFaultKind.ReadOnly => "the file system is read-only.",
        StorageFaultKind.NotPermitted => "the program may not write to its files.",
        StorageFaultKind.Damaged => "the database is damaged.",
        _ => "the database can't be written.",
    };
}
