namespace PostmanDashboard.ApiKeys.Trial;

/// <summary>What came of a test mail.</summary>
public abstract record KeyTestResult
{
    private KeyTestResult()
    {
    }

    /// <summary>The API answered.</summary>
    /// <param name="Status">With its name: <c>201 Created</c>.</param>
    /// <param name="Message">What a problem says to people. Null when there is none to read.</param>
    /// <param name="Json">The whole answer, laid out for reading. Null when it wasn't JSON.</param>
    public sealed record Answered(bool Accepted, string Status, string? Message, string? Json) : KeyTestResult;

    /// <summary>Nothing answered, so that nobody knows whether there will be a mail.</summary>
    /// <param name="Why">A sentence for people.</param>
    public sealed record Unanswered(string Why) : KeyTestResult;
}
