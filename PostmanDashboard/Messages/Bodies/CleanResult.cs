namespace PostmanDashboard.Messages.Bodies;

/// <summary>What can come of cleaning a body.</summary>
public abstract record CleanResult
{
    private CleanResult()
    {
    }

    public sealed record Cleaned(CleanedBody Body) : CleanResult;

    /// <summary>There is neither a word nor a picture in it that a mail can hold.</summary>
    public sealed record NothingLeft : CleanResult;

    /// <summary>It has more elements than anyone writes, or nests them deeper.</summary>
    public sealed record TooComplex : CleanResult;
}
