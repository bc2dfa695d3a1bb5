using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Sending;

/// <summary>What can come of checking a message.</summary>
public abstract record CheckMessageResult
{
    private CheckMessageResult()
    {
    }

    public sealed record Passed(MessageDraft Draft) : CheckMessageResult;

    /// <summary>Everything that is wrong with it.</summary>
    public sealed record Refused(ApiProblem Problem) : CheckMessageResult;
}
