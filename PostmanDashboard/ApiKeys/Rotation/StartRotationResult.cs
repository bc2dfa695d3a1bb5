using PostmanDashboard.ApiKeys.Issuing;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>What can come of asking for a key's replacement. Only <see cref="Started"/> made one.</summary>
public abstract record StartRotationResult
{
    private StartRotationResult()
    {
    }

    /// <summary>The replacement exists. Its token is here and nowhere else: show it now or never.</summary>
    public sealed record Started(IssueApiKeyResult.Issued Replacement) : StartRotationResult;

    /// <summary>No key could be made, for the same reasons as without a rotation.</summary>
    public sealed record NotIssued(IssueApiKeyResult Why) : StartRotationResult;

    /// <summary>The account has no such key, or has deleted it.</summary>
    public sealed record NotFound : StartRotationResult;

    /// <summary>Nothing uses an expired key, so there is nothing to switch.</summary>
    public sealed record Expired : StartRotationResult;

    /// <summary>The key is being replaced already, or is itself a replacement in an ongoing rotation: someone else was first.</summary>
    public sealed record AlreadyRotating : StartRotationResult;
}
