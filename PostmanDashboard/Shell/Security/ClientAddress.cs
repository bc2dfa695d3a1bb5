using System.Net;
using System.Net.Sockets;

namespace PostmanDashboard.Shell.Security;

public static class ClientAddress
{
    /// <summary>Where a call comes from. Null when the connection has no address, as over a Unix socket.</summary>
    /// <remarks>
    /// IPv4 is written as IPv4 also where the server listens on IPv6 and sees it wrapped (<c>::ffff:192.0.2.1</c>). The number of our own
    /// network card, which an address of the local network carries (<c>fe80::1%2</c>), says nothing about the caller.
    /// </remarks>
    public static string? GetClientAddress(this HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } wrapped => wrapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } local => new IPAddress(local.GetAddressBytes()).ToString(),
        var address => address?.ToString(),
    };

    /// <summary>The network of one household, office or machine: an IPv4 address, or the first 64 bits of an IPv6 one, within
    /// which everyone may choose 2^64 addresses.</summary>
    /// <returns>Null when the connection has no address.</returns>
    public static string? GetClientNetwork(this HttpContext context) =>
        IPAddress.TryParse(context.GetClientAddress(), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"{new IPAddress([.. address.GetAddressBytes().Take(8), .. new byte[8]])}/64"
            : address?.ToString();
}
