using System.Net;
using System.Net.Sockets;
using PostmanDashboard.ApiKeys.Usage.Recording;

namespace PostmanDashboard.ApiKeys.Networks;

/// <summary>What a key's recorded callers say about the networks that it is called from.</summary>
internal static class SeenNetworks
{
    /// <summary>One household, office or machine of IPv6, which changes the rest of its address as it likes.</summary>
    private const int Machine6 = 64;

    private const int Office4 = 24;

    /// <returns>Who called lately, was accepted, and would be refused. <see cref="SeenCaller.IsOthers"/> too, because nobody knows where they are.</returns>
    public static IReadOnlyList<SeenCaller> Refused(NetworkList networks, IReadOnlyList<SeenCaller> callers) =>
        networks.IsAnywhere ? [] : [.. callers.Where(caller => caller.Accepted > 0 && !networks.Allows(AddressOf(caller)))];

    /// <returns>Where it is called from now, one range a line: each IPv4 address, or their /24 where that would be too many, and each IPv6 /64.</returns>
    public static string Text(IReadOnlyList<SeenCaller> callers)
    {
        var addresses = callers.Where(caller => caller.Accepted > 0).Select(AddressOf).OfType<IPAddress>().ToList();
        var ranges = Ranges(addresses, 32);
        return string.Join('\n', ranges.Count <= NetworkList.MaxCount ? ranges : Ranges(addresses, Office4));
    }

    private static IReadOnlyList<string> Ranges(IEnumerable<IPAddress> addresses, int length4) =>
        [.. addresses.Select(address => RangeOf(address, length4)).Distinct()];

    private static string RangeOf(IPAddress address, int length4)
    {
        var length = address.AddressFamily is AddressFamily.InterNetwork ? length4 : Machine6;
        return length == 32 ? address.ToString() : new IPNetwork(NetworkRange.BaseOf(address, length), length).ToString();
    }

    private static IPAddress? AddressOf(SeenCaller caller) => IPAddress.TryParse(caller.Address, out var address) ? address : null;
}
