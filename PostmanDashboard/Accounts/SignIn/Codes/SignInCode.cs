using PostmanDashboard.Accounts.SignIn.NewBrowsers;

namespace PostmanDashboard.Accounts.SignIn.Codes;

/// <summary>
/// A code of six digits that was mailed to an address, usable once, for ten minutes, and only in the browser that asked for it.
/// Rows are kept for an hour after they were made, because the limits of sign-in count them.
/// </summary>
public sealed class SignInCode
{
    public const int Digits = 6;
    public const int MaxTries = 5;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The address as its owner typed it, trimmed.</summary>
    public required string Email { get; init; }

    public required string NormalizedEmail { get; init; }

    /// <summary>SHA-256 of the secret in the cookie of the browser that asked. Whoever lacks that cookie can't even try a code.</summary>
    public required byte[] FlowHash { get; init; }

    /// <summary>HMAC-SHA-256 of the digits, keyed with the browser's secret, so that the table alone doesn't give the code away.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>Where it was asked for: an IPv4 address, or the /64 of an IPv6 one. Null when the connection has no address, as over a Unix socket.</summary>
    public required string? Network { get; init; }

    /// <summary>Which browser asked for it, where that has signed in to this address before. Null for all others.</summary>
    public required Guid? Browser { get; init; }

    /// <summary>SHA-256 of the secret in the link that was mailed with the code (<see cref="BrowserLinks"/>). Null for a code without one.</summary>
    public required byte[]? LinkHash { get; init; }

    /// <summary>Null until someone used the link.</summary>
    public DateTimeOffset? LinkUsedAt { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Wrong and right tries together, 0 to <see cref="MaxTries"/>. Raised before a try is looked at, so that tries at
    /// the same instant count too.</summary>
    public int Tries { get; private init; }

    /// <summary>Null until someone signed in with it.</summary>
    public DateTimeOffset? UsedAt { get; private init; }
}
