using PostmanDashboard.ApiKeys.Usage.Callers;

namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>What is known of how a key is used.</summary>
/// <param name="FirstUsedAt">The first call that was accepted. Null while there was none; exact, also right after it.</param>
/// <param name="LastUsedAt">The last call that was accepted. Null while there was none, and some seconds longer.</param>
/// <param name="LastUsedFrom">Null when the connection had no address.</param>
/// <param name="LastUsedBy">The user agent. Null when the program didn't say.</param>
/// <param name="Days">The last 30 days, those without calls too.</param>
/// <param name="Callers">Of the last 30 days, the last to call first.</param>
public sealed record KeyUse(
    DateTimeOffset? FirstUsedAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    string? LastUsedBy,
    IReadOnlyList<CallDay> Days,
    IReadOnlyList<SeenCaller> Callers);

/// <summary>The calls of one day of the agency's calendar.</summary>
public sealed record CallDay(DateOnly Day, CallTotals Calls);

/// <summary>How many calls were accepted, and how many were rejected for which reason.</summary>
public readonly record struct CallTotals(long Accepted, long Expired, long Deleted, long AccountDisabled)
{
    public long BeyondAccess { get; init; }

    public long Paused { get; init; }

    public long OutsideNetworks { get; init; }

    public long Refused => Expired + Deleted + AccountDisabled + BeyondAccess + Paused + OutsideNetworks;
}

/// <summary>A caller of a key, with what it did since it was first seen.</summary>
/// <param name="Address">Empty when the connection has none, as over a Unix socket.</param>
/// <param name="UserAgent">Empty when the program doesn't say.</param>
public sealed record SeenCaller(string Address, string UserAgent, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, long Accepted, long Refused)
{
    /// <summary>Whether this stands for everyone beyond <see cref="KeyCaller.MaxPerKey"/>.</summary>
    public bool IsOthers => Address == KeyCaller.Others;
}
