using System.Globalization;
using PostmanDashboard.Benchmarks.EndToEnd;

namespace PostmanDashboard.Benchmarks;

/// <summary>What can be changed about a command.</summary>
internal sealed record BenchmarkOptions
{
    public const string Description = """
        Options:
          --rounds N       How often each case is measured, in turns (5)
          --seconds N      How long each time (3)
          --count N        How many, where a command counts
          --program DIR    A published dashboard to measure, instead of one that is published first
          --before DIR     An older published dashboard to measure beside it
        """;

    public int Rounds { get; private init; } = 5;

    public int Seconds { get; private init; } = 3;

    /// <summary>Null for the command's own number.</summary>
    public int? Count { get; private init; }

    /// <summary>The folder of a published dashboard. Null to publish one.</summary>
    public string? Program { get; private init; }

    public string? Before { get; private init; }

    /// <exception cref="BenchmarkFailedException">There is no such option.</exception>
    public static BenchmarkOptions Parse(string[] args) => args.Chunk(2).Aggregate(new BenchmarkOptions(), (options, pair) => pair switch
    {
        ["--rounds", var number] => options with { Rounds = Number(number) },
        ["--seconds", var number] => options with { Seconds = Number(number) },
        ["--count", var number] => options with { Count = Number(number) },
        ["--program", var folder] => options with { Program = folder },
        ["--before", var folder] => options with { Before = folder },
        _ => throw new BenchmarkFailedException($"Unknown option: {string.Join(' ', pair)}\n\n{Description}"),
    });

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new BenchmarkFailedException($"{text} is no number.");
}
