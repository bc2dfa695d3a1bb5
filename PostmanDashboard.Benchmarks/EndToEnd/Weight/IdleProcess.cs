using System.Diagnostics;
using System.Globalization;

namespace PostmanDashboard.Benchmarks.EndToEnd.Weight;

/// <summary>What a process has taken so far.</summary>
/// <param name="WrittenBytes">What it sent to disks, as Linux counts it.</param>
internal sealed record IdleProcess(long ResidentBytes, TimeSpan ProcessorTime, long WrittenBytes)
{
    private const string Written = "write_bytes: ";

    public static IdleProcess Read(int id)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new BenchmarkFailedException("What a process writes is only counted on Linux.");
        }

        using var process = Process.GetProcessById(id);
        var written = File.ReadLines($"/proc/{id}/io").Single(line => line.StartsWith(Written, StringComparison.Ordinal));
        return new IdleProcess(
            process.WorkingSet64, process.TotalProcessorTime, long.Parse(written[Written.Length..], CultureInfo.InvariantCulture));
    }
}
