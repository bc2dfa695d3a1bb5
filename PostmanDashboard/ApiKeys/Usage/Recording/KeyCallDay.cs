namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>How many calls with a key came to one outcome on one day. Kept for 13 months.</summary>
public sealed class KeyCallDay
{
    public required Guid ApiKeyId { get; init; }

    /// <summary>A day of the agency's calendar.</summary>
    public required DateOnly Day { get; init; }

    public required KeyCallOutcome Outcome { get; init; }

    public required long Calls { get; set; }
}
