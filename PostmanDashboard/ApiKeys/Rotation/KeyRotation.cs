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

    /// <summary>Who chose that the old key is deleted by itself once that is safe. Null where nobody did.</summary>
    public string? AutoDeleteBy { get; private set; }

    /// <summary>When the old key will be deleted by itself, as its contacts were told. Null until it is safe, and again when it is called.</summary>
    public DateTimeOffset? DeleteAt { get; private set; }

    /// <summary>Whether the new key is called like the old one as soon as that is deleted.</summary>
    public bool TakesOldLabel { get; set; }

    public void Finish(RotationEnd end, DateTimeOffset now) => (End, EndedAt, DeleteAt) = (end, now, null);

    public void DeleteByItself(string chosenBy) => AutoDeleteBy = chosenBy;

    public void KeepUntilDeleted() => (AutoDeleteBy, DeleteAt) = (null, null);

    public void PlanDeletion(DateTimeOffset? at) => DeleteAt = at;
}

/// <summary>How a rotation ended. The numbers are in the database; never change one.</summary>
public enum RotationEnd
{
    /// <summary>The old key was deleted.</summary>
    Completed = 0,

    /// <summary>Its account gave it up, or deleted the new key: the old one stays in use.</summary>
    Abandoned = 1,
}
