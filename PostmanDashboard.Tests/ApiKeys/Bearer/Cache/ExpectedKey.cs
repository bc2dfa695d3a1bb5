using System.Net;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Networks;

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

    public string? Networks { get; set; }

    public bool Paused { get; set; }

    public bool Deleted { get; set; }

    /// <summary>False once the key has another token.</summary>
    public bool IsKnown { get; set; } = true;

    public ApiKeyVerification Answer(CallDemand demand, DateTimeOffset now) =>
        !IsKnown ? new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown)
        : Deleted ? new ApiKeyVerification.Refused(ApiKeyRefusal.Deleted, Id)
        : now >= ExpiresAt ? new ApiKeyVerification.Refused(ApiKeyRefusal.Expired, Id)
        : Account.Disabled ? new ApiKeyVerification.Refused(ApiKeyRefusal.AccountDisabled, Id)
        : Paused ? new ApiKeyVerification.Refused(ApiKeyRefusal.Paused, Id)
        : !IsAllowed(demand.From) ? new ApiKeyVerification.Refused(ApiKeyRefusal.Network, Id, Accepted(now))
        : demand.Need is { } asked && !Access.Allows(asked) ? new ApiKeyVerification.Refused(ApiKeyRefusal.Access, Id, Accepted(now))
        : Accepted(now);

    /// <summary>By what stands there, of the few addresses that are called from.</summary>
    private bool IsAllowed(IPAddress? from) => Networks is null || from?.ToString().Split(':')[^1] switch
    {
        "203.0.113.9" => Networks.Contains("203.0.113", StringComparison.Ordinal),
        "1" => Networks.Contains("2001:db8", StringComparison.Ordinal),
        _ => false,
    };

    private ApiKeyVerification.Accepted Accepted(DateTimeOffset now) =>
        new(new VerifiedApiKey(Id, Account.Id, Account.Email, Account.Limit, Label, Hint, CreatedAt, ExpiresAt)
        {
            Access = Access,
            Networks = NetworkList.FromStored(Networks),
            LineId = Id,
        }, now);
}

internal sealed record ExpectedAccount(Guid Id, string Email)
{
    public bool Disabled { get; set; }

    public int? Limit { get; set; }
}
