namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>Does something many times at the same moment.</summary>
public static class Together
{
    /// <remarks>Each on a thread of its own: SQLite's calls never yield, so tasks alone would run one after the other.</remarks>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(int times, Func<int, Task<T>> action)
    {
        using var start = new Barrier(times);
        var all = Enumerable.Range(0, times).Select(number => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return action(number);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap());
        return await Task.WhenAll(all.ToList());
    }
}
