using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PostmanDashboard.ApiKeys.Networks;

/// <summary>Reads one CIDR range as people write it (RFC 4632): an address alone is a range of one.</summary>
internal static class NetworkRange
{
    /// <summary>The bits before an IPv4 address that is written as an IPv6 one (<c>::ffff:192.0.2.1</c>).</summary>
    private const int MappedPrefix = 96;

    /// <param name="problem">What to change, when the answer is false.</param>
    public static bool TryParse(string entry, out IPNetwork network, [NotNullWhen(false)] out string? problem)
    {
        network = default;
        var parts = entry.Split('/');
        if (parts.Length > 2 || !TryParseAddress(parts[0], out var address) || !TryParseLength(parts, address, out var length))
        {
            problem = $"“{entry}” is not a network. Enter one like 203.0.113.0/24, or an address like 203.0.113.9.";
            return false;
        }

        if (address.IsIPv4MappedToIPv6 && length >= MappedPrefix)
        {
            (address, length) = (address.MapToIPv4(), length - MappedPrefix);
        }

        network = new IPNetwork(BaseOf(address, length), length);
        problem = network.BaseAddress.Equals(address) ? null
            : $"“{entry}” is an address within a network. Enter {network} for all of it, or {address} for it alone.";
        return problem is null;
    }

    /// <summary>The first address of a network.</summary>
    public static IPAddress BaseOf(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var index = 0; index < bytes.Length; index++)
        {
            var kept = Math.Clamp(length - (8 * index), 0, 8);
            bytes[index] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    /// <summary>Not what only some programs read as an address, like <c>10.1</c>, <c>010.0.0.1</c> or <c>[::1]:443</c>.</summary>
    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily is AddressFamily.InterNetwork ? address.ToString() == text : text.AsSpan().IndexOfAny("[]%") < 0);

    private static bool TryParseLength(string[] parts, IPAddress address, out int length)
    {
        var longest = address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        length = longest;
        return parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= longest);
    }
}
