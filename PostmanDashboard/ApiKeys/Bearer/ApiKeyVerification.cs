using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Networks;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>What became of checking a token that someone presented.</summary>
public abstract record ApiKeyVerification
{
    private ApiKeyVerification()
    {
    }

    /// <param name="At">The instant at which the key was found live.</param>
    public sealed record Accepted(VerifiedApiKey Key, DateTimeOffset At) : ApiKeyVerification;

    /// <param name="KeyId">The key whose real token was sent. Null where there is none.</param>
    /// <param name="Live">The key, where it is live and only this call goes further than it may.</param>
    public sealed record Refused(ApiKeyRefusal Reason, Guid? KeyId = null, Accepted? Live = null) : ApiKeyVerification;
}

/// <summary>A key that was live when its token was presented, and whose it is.</summary>
/// <param name="MessagesPerSecond">How many the account may send, where an administrator set it. Null for the default.</param>
public sealed record VerifiedApiKey(
    Guid Id, Guid AccountId, string AccountEmail, int? MessagesPerSecond, string Label, string Hint, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public required KeyAccess Access { get; init; }

    public NetworkList Networks { get; init; } = NetworkList.Anywhere;

    /// <summary>See <see cref="ApiKey.LineId"/>.</summary>
    public required Guid LineId { get; init; }
}

/// <summary>Why a token is rejected. From <see cref="Expired"/> on they are only revealed to a caller who sent the real token.</summary>
public enum ApiKeyRefusal
{
    /// <summary>It can't be a token of ours: wrong length, prefix, characters or checksum. The database wasn't asked.</summary>
    Malformed,

    /// <summary>More than a token was sent: it is surrounded by quotation marks, blanks or words. The database wasn't asked.</summary>
    Surrounded,

    /// <summary>No key has this token.</summary>
    Unknown,

    Expired,

    Deleted,

    AccountDisabled,

    /// <summary>Its account paused it.</summary>
    Paused,

    /// <summary>The key is live, and may not be called from there.</summary>
    Network,

    /// <summary>The key is live, and may not do this.</summary>
    Access,
}
