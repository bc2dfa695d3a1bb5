namespace PostmanDashboard.ApiKeys.Usage.Callers;

/// <summary>Who calls with a key: one client address with one user agent. Kept until 30 days after its last call, at most 50 for
/// a key: until one of them goes, newcomers count as others.</summary>
public sealed class KeyCaller
{
    /// <summary>How many are recorded for one key; later ones are counted among the others.</summary>
    public const int MaxPerKey = 50;

    public const int UserAgentMaxLength = 200;

    /// <summary>How long after its last call a caller is remembered.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>The address of the row that counts everyone beyond <see cref="MaxPerKey"/>.</summary>
    public const string Others = "*";

    public required Guid ApiKeyId { get; init; }

    /// <summary>Empty when the connection has none, as over a Unix socket; <see cref="Others"/> for the rest.</summary>
    public required string Address { get; init; }

    /// <summary>Cut at <see cref="UserAgentMaxLength"/>. Empty when the program doesn't say.</summary>
    public required string UserAgent { get; init; }

    public required DateTimeOffset FirstSeenAt { get; set; }

    public required DateTimeOffset LastSeenAt { get; set; }

    public required long Accepted { get; set; }

    public required long Refused { get; set; }
}
