using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;

namespace PostmanDashboard.Shell.Settings;

/// <summary>What is between callers and the dashboard.</summary>
public sealed class NetworkOptions : IValidatableObject
{
    public const string Section = "Network";

    private const int MappedPrefix = 96;

    /// <summary>The reverse proxies whose word is taken for where a call comes from: addresses (<c>10.0.0.1</c>) or networks (<c>10.0.0.0/24</c>).</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>The same as networks, an address being one of its own.</summary>
    internal IEnumerable<IPNetwork> TrustedNetworks => TrustedProxies.Select(Parse).OfType<IPNetwork>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => TrustedProxies
        .Where(proxy => Parse(proxy) is null)
        .Select(proxy => new ValidationResult(
            $"Network:TrustedProxies holds “{proxy}”, which is neither an IP address nor a network. Write it like 10.0.0.1 or 10.0.0.0/24."));

    /// <returns>Null for what is neither. Everyone (/0) is no network: whoever trusts everyone trusts forgers.</returns>
    private static IPNetwork? Parse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(trimmed, out var network) && !IsEverybody(network) ? Unwrap(network) : null;
        }

        return IPAddress.TryParse(trimmed, out var address) && IsWrittenInFull(address, trimmed) ? Unwrap(Only(address)) : null;
    }

    private static bool IsEverybody(IPNetwork network) =>
        network.PrefixLength == 0 || (network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength <= MappedPrefix);

    private static IPNetwork Only(IPAddress address) => new(address, address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128);

    /// <summary>The parser also takes <c>10.1</c> for 10.0.0.1 and <c>7</c> for 0.0.0.7, which nobody means.</summary>
    private static bool IsWrittenInFull(IPAddress address, string text) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 ? !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal)
            : address.ToString() == text;

    /// <summary>IPv4 written as IPv6 (<c>::ffff:10.0.0.0/120</c>) is the IPv4 that it means: connections are compared as such.</summary>
    private static IPNetwork Unwrap(IPNetwork network) => network.BaseAddress.IsIPv4MappedToIPv6
        ? new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedPrefix)
        : network;
}
