namespace PostmanDashboard.ApiKeys.Rotation.Automatic;

/// <summary>What was chosen for the end of a rotation.</summary>
/// <param name="ChosenBy">Who chose that the old key is deleted by itself. Null where nobody did.</param>
/// <param name="DeleteAt">When it will be. Null until that is safe.</param>
/// <param name="TakesOldLabel">Whether the new key gets the old label then, whoever deletes the old key.</param>
public sealed record AutoDelete(string? ChosenBy, DateTimeOffset? DeleteAt, bool TakesOldLabel)
{
    public static AutoDelete Of(KeyRotation rotation) => new(rotation.AutoDeleteBy, rotation.DeleteAt, rotation.TakesOldLabel);
}
