using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PostmanDashboard.Benchmarks.EndToEnd;

/// <summary>The load generator wrk: one thread, which keeps several connections busy.</summary>
internal static partial class Wrk
{
    /// <param name="isSuccess">Whether answers must be 2xx, or must not.</param>
    /// <returns>Answers a second.</returns>
    /// <exception cref="BenchmarkFailedException">wrk is missing, or an answer is not what it must be.</exception>
    public static async Task<double> RunAsync(Uri address, IEnumerable<string> headers, int connections, int seconds, bool isSuccess)
    {
        var said = await RunAsync(["-t1", $"-c{connections}", $"-d{seconds}s", .. headers.SelectMany(header => new[] { "-H", header }), address.ToString()]);
        var (answers, others) = (Read(Answers().Match(said)), Read(NotSuccessful().Match(said)));
        if (Failures().IsMatch(said) || answers == 0 || others != (isSuccess ? 0 : answers))
        {
            throw new BenchmarkFailedException($"{address} gave other answers than expected:\n{said}");
        }

        return Read(Rate().Match(said));
    }

    private static async Task<string> RunAsync(string[] arguments)
    {
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
            var said = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return said;
        }
        catch (Win32Exception)
        {
            throw new BenchmarkFailedException("wrk is missing. On Debian and Ubuntu: apt-get install wrk");
        }
    }

    private static double Read(Match match) => match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Answers();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex NotSuccessful();

    [GeneratedRegex("Socket errors")]
    private static partial Regex Failures();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
