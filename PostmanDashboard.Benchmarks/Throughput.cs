using System.Diagnostics;
using System.Globalization;
using PostmanDashboard.Benchmarks.EndToEnd;

namespace PostmanDashboard.Benchmarks;

/// <summary>Compares how many a second we do with how many others do, in turns.</summary>
internal static class Throughput
{
    /// <param name="title">What is done.</param>
    /// <param name="peer">What ours is compared with, by its name.</param>
    public static async Task CompareAsync(
        string title, int rounds, (string Name, Func<Task<double>> PerSecondAsync) ours, (string Name, Func<Task<double>> PerSecondAsync) peer)
    {
        var turns = await Turns<(string Name, Func<Task<double>> PerSecondAsync)>.RunAsync([ours, peer], rounds, one => one.PerSecondAsync());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {ours.Name} {turns.Median(ours):N0} a second, {peer.Name} {turns.Median(peer):N0}, ratio {turns.Ratio(ours, peer):0.00}."));
    }

    /// <returns>How many of <paramref name="count"/> were done in a second.</returns>
    public static async Task<double> MeasureAsync(int count, Func<Task> doAllAsync)
    {
        var begun = Stopwatch.GetTimestamp();
        await doAllAsync();
        return count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
