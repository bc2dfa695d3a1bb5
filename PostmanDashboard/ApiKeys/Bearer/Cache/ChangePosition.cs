namespace PostmanDashboard.ApiKeys.Bearer.Cache;

/// <summary>How far the changes of keys have been read: the last one that is known.</summary>
internal readonly record struct ChangePosition(long Sequence, long Stamp)
{
    /// <summary>Before the first change of all.</summary>
    public static ChangePosition Start => default;
}
