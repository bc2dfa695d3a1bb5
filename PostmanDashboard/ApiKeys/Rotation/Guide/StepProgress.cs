namespace PostmanDashboard.ApiKeys.Rotation.Guide;

/// <summary>Where a step of the guide stands.</summary>
public enum StepProgress
{
    Ahead,
    Current,
    Done,
}
