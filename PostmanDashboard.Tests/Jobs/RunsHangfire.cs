namespace PostmanDashboard.Tests.Jobs;

/// <summary>Tests in which Hangfire runs jobs. Nothing runs beside them: it logs through whichever application of the process was made last.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsHangfire
{
    public const string Name = "Runs Hangfire";
}
