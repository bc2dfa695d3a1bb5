using BenchmarkDotNet.Running;
using PostmanDashboard.Benchmarks.ApiKeys.Calls;
using PostmanDashboard.Benchmarks.ApiKeys.Reminders;
using PostmanDashboard.Benchmarks.EndToEnd;
using PostmanDashboard.Benchmarks.EndToEnd.Pages;
using PostmanDashboard.Benchmarks.EndToEnd.Weight;
using PostmanDashboard.Benchmarks.Mail;
using PostmanDashboard.Benchmarks.Messages;

namespace PostmanDashboard.Benchmarks;

/// <summary>What can be measured, each by one command.</summary>
internal static class BenchmarkCommands
{
    private static readonly BenchmarkCommand[] All =
    [
        new("calls", "Calls a second with a key, beside no check, JwtBearer, a query for each call, and bcrypt", CallsBenchmark.RunAsync),
        new("counted-calls", "A million calls from 32 connections: is each of them counted?", CountedCalls.RunAsync),
        new("full-cache", "Memory of 100,000 keys in use", FullCache.RunAsync),
        new("pages", "How soon each page comes among many accounts, keys and messages, beside few", PagesBenchmark.RunAsync),
        new("weight", "How soon it is ready, and what it takes while idle, beside Microsoft's Blazor template", WeightBenchmark.RunAsync),
        new("accept", "Messages accepted from 8 connections, beside the same rows with SQLite alone", AcceptBenchmark.RunAsync),
        new("drain", "The outbox, beside the SMTP server alone", DrainBenchmark.RunAsync),
        new("sweep", "The reminder sweep among 1,000 and 1,000,000 keys, and 1,000 reminders due beside the SMTP server alone", SweepBenchmark.RunAsync),
    ];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                [] or ["help" or "--help" or "-h"] => Describe(),
                [Peer.Command, .. var rest] => await Peer.RunAsync(rest),
                [var name, .. var rest] when Array.Find(All, command => command.Name == name) is { } command =>
                    await command.RunAsync(BenchmarkOptions.Parse(rest)),
                _ => RunWithBenchmarkDotNet(args),
            };
        }
        catch (BenchmarkFailedException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static int Describe()
    {
        Console.WriteLine("dotnet run -c Release --project PostmanDashboard.Benchmarks -- COMMAND [OPTION…]\n");
        foreach (var command in All)
        {
            Console.WriteLine($"  {command.Name,-16} {command.Description}");
        }

        Console.WriteLine($"  {"--filter '*Name*'",-16} Benchmarks of single parts, with BenchmarkDotNet (--list flat names them)\n");
        Console.WriteLine(BenchmarkOptions.Description);
        return 0;
    }

    private static int RunWithBenchmarkDotNet(string[] args)
    {
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkCommands).Assembly).Run(args);
        return 0;
    }

    private sealed record BenchmarkCommand(string Name, string Description, Func<BenchmarkOptions, Task<int>> RunAsync);
}
