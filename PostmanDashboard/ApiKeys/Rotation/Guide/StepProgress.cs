namespace PostmanDashboard.ApiKeys.Rotation.Guide;

/// <summary>How far a step of the guide has come.</summary>
public enum StepProgress
{
    Ahead,
    Current,
    Done,
}
