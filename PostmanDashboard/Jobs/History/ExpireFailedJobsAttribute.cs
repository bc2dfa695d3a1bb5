using Hangfire.Common;
using Hangfire.States;

namespace PostmanDashboard.Jobs.History;

/// <summary>
/// Forgets runs that failed as late as others. Hangfire would keep them until someone deletes them, and a job that recurs may fail
/// every minute.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ExpireFailedJobsAttribute : JobFilterAttribute, IElectStateFilter
{
    /// <summary>After Hangfire's own, which decides whether a job is tried again.</summary>
    private const int Last = 100;

    public ExpireFailedJobsAttribute() => Order = Last;

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState failed)
        {
            context.CandidateState = new FailedForGood(failed);
        }
    }

    /// <summary>A failure after which nothing comes, and whose job therefore has an end of its own.</summary>
    private sealed class FailedForGood(FailedState failed) : IState
    {
        public string Name => failed.Name;

        public string Reason => failed.Reason;

        public bool IsFinal => true;

        public bool IgnoreJobLoadException => failed.IgnoreJobLoadException;

        public Dictionary<string, string> SerializeData() => failed.SerializeData();
    }
}
