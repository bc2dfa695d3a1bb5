namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>A program that the person who rotates a key has marked as gone, so that the rotation doesn't wait for it.</summary>
public sealed class GoneCaller
{
    public required Guid RotationId { get; init; }

    public required string Address { get; init; }

    public required string UserAgent { get; init; }

    /// <summary>Its last call that the person knew of. A later one shows that it isn't gone.</summary>
    public required DateTimeOffset LastCallAt { get; set; }
}
