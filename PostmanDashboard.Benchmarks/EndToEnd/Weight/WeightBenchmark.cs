using System.Diagnostics;
using System.Globalization;

namespace PostmanDashboard.Benchmarks.EndToEnd.Weight;

/// <summary>How soon the program is ready, and what it holds and does while nobody uses it, beside Microsoft's Blazor template with accounts.</summary>
internal static class WeightBenchmark
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        using var storage = new BenchmarkStorage();
        await storage.FillAsync();
        var folder = await PublishedDashboard.GetAsync(options.Program);
        using var template = await BlazorTemplate.PublishAsync();
        List<Program> programs =
        [
            new("this program", () => PublishedDashboard.StartAsync(folder, storage.Path)),
            new("Blazor template with accounts", template.StartAsync),
        ];
        if (options.Before is { } before)
        {
            programs.Insert(1, new("the older program", () => PublishedDashboard.StartAsync(before, storage.Path)));
        }

        var ready = await Turns<Program>.RunAsync(programs, options.Rounds, MeasureStartAsync);
        var memory = await Turns<Program>.RunAsync(programs, options.Rounds, MeasureMemoryAsync);
        Print(programs, ready, memory);
        await PrintIdlingAsync(programs[0], TimeSpan.FromSeconds(options.Count ?? 60));
        return 0;
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> MeasureStartAsync(Program program)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await program.StartAsync();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <returns>Megabytes that are in memory.</returns>
    private static async Task<double> MeasureMemoryAsync(Program program)
    {
        await using var server = await program.StartAsync();
        await Task.Delay(Settling);
        return IdleProcess.Read(server.Id).ResidentBytes / 1e6;
    }

    private static void Print(List<Program> programs, Turns<Program> ready, Turns<Program> memory)
    {
        var template = programs[^1];
        Console.WriteLine("\n| program | ready after, ms | of the template | idle, MB | of the template |\n| --- | ---: | ---: | ---: | ---: |");
        foreach (var program in programs)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {program.Name} | {ready.Median(program):N0} | {ready.Ratio(program, template):0.00} "
                    + $"| {memory.Median(program):N0} | {memory.Ratio(program, template):0.00} |"));
        }
    }

    private static async Task PrintIdlingAsync(Program program, TimeSpan watched)
    {
        await using var server = await program.StartAsync();
        await Task.Delay(Settling);
        var (before, watch) = (IdleProcess.Read(server.Id), Stopwatch.StartNew());
        await Task.Delay(watched);
        var after = IdleProcess.Read(server.Id);
        var share = (after.ProcessorTime - before.ProcessorTime) / watch.Elapsed;
        var writtenADay = (after.WrittenBytes - before.WrittenBytes) * (TimeSpan.FromDays(1) / watch.Elapsed) / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nIdle for {watched.TotalSeconds:N0} s: {share:0.0%} of a processor, {writtenADay:N0} MB written a day at this rate."));
    }

    private sealed record Program(string Name, Func<Task<ServerProcess>> StartAsync);
}
