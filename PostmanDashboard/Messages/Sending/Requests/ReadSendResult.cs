using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>What can come of reading what a program asks for.</summary>
internal abstract record ReadSendResult
{
    private ReadSendResult()
    {
    }

    /// <summary>Single fields may still be invalid.</summary>
    public sealed record Read(SendRequestReader Request) : ReadSendResult;

    /// <summary>It can't be read at all: what to answer.</summary>
    public sealed record Refused(ApiProblem Problem) : ReadSendResult;
}
