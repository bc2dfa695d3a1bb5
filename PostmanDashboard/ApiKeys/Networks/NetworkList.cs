using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace PostmanDashboard.ApiKeys.Networks;

/// <summary>The networks that a key may be called from: up to 20 CIDR ranges, or anywhere.</summary>
/// <remarks>Two with the same text are equal.</remarks>
public sealed class NetworkList : IEquatable<NetworkList>
{
    public const int MaxCount = 20;

    /// <summary>Of <see cref="Stored"/>. Enough for any 20 but the longest of IPv6.</summary>
    public const int StoredMaxLength = 900;

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ',', ';'];

    private readonly IPNetwork[] networks;

    private NetworkList(IPNetwork[] networks) => this.networks = networks;

    public static NetworkList Anywhere { get; } = new([]);

    public bool IsAnywhere => networks.Length == 0;

    public IReadOnlyList<string> Ranges => [.. networks.Select(network => network.ToString())];

    /// <summary>As the database has it: <c>203.0.113.0/24 2001:db8::/32</c>. Null for anywhere.</summary>
    public string? Stored => IsAnywhere ? null : string.Join(' ', Ranges);

    public static NetworkList FromStored(string? stored) => stored is null ? Anywhere : new([.. stored.Split(' ').Select(IPNetwork.Parse)]);

    /// <param name="typed">Ranges and addresses in any order, apart by blanks, commas or lines. Nothing for anywhere.</param>
    /// <param name="problem">What to change, naming the wrong range, when the answer is false.</param>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out NetworkList? list, [NotNullWhen(false)] out string? problem)
    {
        (list, problem) = (null, null);
        var networks = new List<IPNetwork>();
        foreach (var entry in (typed ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!NetworkRange.TryParse(entry, out var network, out problem))
            {
                return false;
            }

            if (networks.Contains(network))
            {
                problem = $"{network} is listed twice. Remove one.";
                return false;
            }

            networks.Add(network);
        }

        if (networks.Count > MaxCount)
        {
            problem = $"A key has at most {MaxCount} networks; these are {networks.Count}. Use larger ranges.";
            return false;
        }

        var read = networks.Count == 0 ? Anywhere : new NetworkList([.. networks]);
        if (read.Stored is { Length: > StoredMaxLength })
        {
            problem = "That’s too long to store; use fewer or wider ranges.";
            return false;
        }

        list = read;
        return true;
    }

    /// <param name="address">Null where the connection has none, as over a Unix socket: then it is in no network.</param>
    public bool Allows(IPAddress? address)
    {
        if (IsAnywhere)
        {
            return true;
        }

        var unwrapped = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return unwrapped is not null && Array.Exists(networks, network => network.Contains(unwrapped));
    }

    /// <summary><c>Anywhere</c>, <c>203.0.113.0/24</c>, or <c>203.0.113.0/24, 2001:db8::/32</c></summary>
    public override string ToString() => IsAnywhere ? "Anywhere" : string.Join(", ", Ranges);

    public bool Equals(NetworkList? other) => other is not null && networks.AsSpan().SequenceEqual(other.networks);

    public override bool Equals(object? obj) => Equals(obj as NetworkList);

    public override int GetHashCode() => Stored?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
