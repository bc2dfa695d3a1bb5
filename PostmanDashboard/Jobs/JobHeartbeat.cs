namespace PostmanDashboard.Jobs;

/// <summary>Knows how long ago each job ran in this process: by time that passes, whatever anyone does to the clock.</summary>
public sealed class JobHeartbeat(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly long startedAt = clock.GetTimestamp();
    private readonly Dictionary<string, Beats> jobs = [];

    /// <summary>Runs a job. One that fails has run too: what made it fail is not the lack of someone who runs it.</summary>
    public async Task RunAsync(string jobId, Func<Task> job)
    {
        Change(jobId, beats => beats with { Underway = beats.Underway + 1 });
        try
        {
            await job();
        }
        finally
        {
            Change(jobId, beats => new Beats(beats.Underway - 1, beats.Ended + 1, clock.GetTimestamp()));
        }
    }

    /// <returns>How often a job came to its end since the process began.</returns>
    public int CountRuns(string jobId) => Of(jobId).Ended;

    /// <returns>How long ago the last run of a job ended, or how long the process waits for the first. Zero while it runs.</returns>
    public TimeSpan QuietFor(string jobId) => Of(jobId) is var beats && beats.Underway > 0 ? TimeSpan.Zero : clock.GetElapsedTime(beats.EndedAt);

    private Beats Of(string jobId)
    {
        lock (gate)
        {
            return jobs.GetValueOrDefault(jobId) ?? new Beats(Underway: 0, Ended: 0, startedAt);
        }
    }

    private void Change(string jobId, Func<Beats, Beats> change)
    {
        lock (gate)
        {
            jobs[jobId] = change(Of(jobId));
        }
    }

    /// <param name="EndedAt">A timestamp of the clock: when the last run ended, or when the process began.</param>
    private sealed record Beats(int Underway, int Ended, long EndedAt);
}
