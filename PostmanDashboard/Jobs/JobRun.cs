namespace PostmanDashboard.Jobs;

/// <summary>When a recurring job last came to its end, and what it found. One row a job.</summary>
public sealed class JobRun
{
    /// <summary>The name under which the job recurs.</summary>
    public required string JobId { get; init; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset FinishedAt { get; set; }

    /// <summary>How many things it dealt with.</summary>
    public int Handled { get; set; }

    /// <summary>When it last found things that a punctual run would have dealt with before. Null when it never did.</summary>
    public DateTimeOffset? CaughtUpAt { get; set; }

    /// <summary>How many those were.</summary>
    public int CaughtUp { get; set; }
}
