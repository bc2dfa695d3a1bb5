using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer;

namespace PostmanDashboard.Tests.ApiKeys.Bearer.Cache;

/// <summary>What a token should open, by the rules and without a database.</summary>
internal sealed record ExpectedKey(Guid Id, string Hint, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, ExpectedAccount Account)
{
    public ExpectedKey(ApiKey key, ExpectedAccount account)
        : this(key.Id, key.Hint, key.CreatedAt, key.ExpiresAt, account) => Label = key.Label;

    /// <summary>The token of a key that a restored copy has never heard of.</summary>
    public static ExpectedKey Unknown => new(default, "", default, default, new ExpectedAccount(default, "")) { IsKnown = false };

    public string Label { get; set; } = "";

    public KeyAccess Access { get; set; }

    public bool Paused { get; set; }

    public bool Deleted { get; set; }

    /// <summary>False once the key has another token.</summary>
    public bool IsKnown { get; set; } = true;

    public ApiKeyVerification Answer(KeyNeed? need, DateTimeOffset now) =>
        !IsKnown ? new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown)
        : Deleted ? new ApiKeyVerification.Refused(ApiKeyRefusal.Deleted, Id)
        : now >= ExpiresAt ? new ApiKeyVerification.Refused(ApiKeyRefusal.Expired, Id)
        : Account.Disabled ? new ApiKeyVerification.Refused(ApiKeyRefusal.AccountDisabled, Id)
        : Paused ? new ApiKeyVerification.Refused(ApiKeyRefusal.Paused, Id)
        : need is { } asked && !Access.Allows(asked) ? new ApiKeyVerification.Refused(ApiKeyRefusal.Access, Id, Accepted(now))
        : Accepted(now);

    private ApiKeyVerification.Accepted Accepted(DateTimeOffset now) =>
        new(new VerifiedApiKey(Id, Account.Id, Account.Email, Account.Limit, Label, Hint, CreatedAt, ExpiresAt)
        {
            Access = Access,
            LineId = Id,
        }, now);
}

internal sealed record ExpectedAccount(Guid Id, string Email)
{
    public bool Disabled { get; set; }

    public int? Limit { get; set; }
}
