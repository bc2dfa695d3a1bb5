namespace PostmanDashboard.Benchmarks.EndToEnd;

/// <summary>
/// Measures several cases in turns, round after round. What the machine does beside it slows all cases of a round, so cases are compared
/// within each round, and the median of those ratios is what counts.
/// </summary>
/// <typeparam name="TCase">What is measured.</typeparam>
internal sealed class Turns<TCase>
    where TCase : notnull
{
    private readonly Dictionary<TCase, List<double>> figures = [];

    private Turns()
    {
    }

    public static async Task<Turns<TCase>> RunAsync(IReadOnlyList<TCase> cases, int rounds, Func<TCase, Task<double>> measureAsync)
    {
        // Each once before, until everything is compiled.
        foreach (var one in cases)
        {
            await measureAsync(one);
        }

        var turns = new Turns<TCase>();
        for (var round = 0; round < rounds; round++)
        {
            // To and fro, so that none always has the same one before it.
            foreach (var one in round % 2 == 0 ? cases : cases.Reverse())
            {
                turns.Add(one, await measureAsync(one));
            }
        }

        return turns;
    }

    public double Median(TCase one) => MedianOf(figures[one]);

    /// <summary>The median of what <paramref name="one"/> makes of <paramref name="other"/> in each round.</summary>
    public double Ratio(TCase one, TCase other) => MedianOf(figures[one].Zip(figures[other], (first, second) => first / second));

    private void Add(TCase one, double figure)
    {
        if (!figures.TryGetValue(one, out var list))
        {
            figures[one] = list = [];
        }

        list.Add(figure);
    }

    private static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
