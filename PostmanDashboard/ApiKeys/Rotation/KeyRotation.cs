namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>The way from an old key to the one that takes its place. It starts with the replacement's creation and ends with the old key's.</summary>
public sealed class KeyRotation
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required Guid OldKeyId { get; init; }

    public required Guid NewKeyId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it is ongoing.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How it ended. Null while it is ongoing.</summary>
    public RotationEnd? End { get; private set; }

    public void Finish(RotationEnd end, DateTimeOffset now) => (End, EndedAt) = (end, now);
}

/// <summary>How a rotation ended. The numbers are in the database; never change one.</summary>
public enum RotationEnd
{
    /// <summary>The old key was deleted.</summary>
    Completed = 0,

    /// <summary>Its account gave it up, or deleted the new key: the old one stays in use.</summary>
    Abandoned = 1,
}
