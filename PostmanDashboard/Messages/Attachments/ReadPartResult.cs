using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>What can come of reading the headers of a part of a form.</summary>
internal abstract record ReadPartResult
{
    private ReadPartResult()
    {
    }

    public sealed record Read(FormPart Part) : ReadPartResult;

    /// <summary>What to answer to the whole form.</summary>
    public sealed record Refused(ApiProblem Problem) : ReadPartResult;
}
