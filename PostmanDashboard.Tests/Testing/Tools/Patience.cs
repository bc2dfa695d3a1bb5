using System.Diagnostics;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>How tests wait for what happens beside them: for a condition, and far longer than any machine should need.</summary>
/// <remarks>No test says how fast something is: the limit only ends a run in which it will never happen.</remarks>
public static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks again and again until the condition holds.</summary>
    /// <param name="problem">Says what is wrong when it never does.</param>
    /// <param name="isHopeless">True once it can't hold any more, so that nobody waits for it.</param>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> problem, Func<bool>? isHopeless = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (isHopeless?.Invoke() == true || Stopwatch.GetElapsedTime(since) > Limit)
            {
                throw new TimeoutException(problem());
            }

            await Task.Delay(BetweenLooks);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, Func{string}, Func{bool}?)"/>
    public static Task UntilAsync(Func<bool> condition, Func<string> problem) => UntilAsync(() => Task.FromResult(condition()), problem);

    /// <summary>The result, or an error once nobody should wait any longer.</summary>
    /// <exception cref="TimeoutException">It didn't end.</exception>
    public static Task<T> InTimeAsync<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <inheritdoc cref="InTimeAsync{T}(Task{T})"/>
    public static Task InTimeAsync(this Task task) => task.WaitAsync(Limit);
}
