using System.Net;
using System.Net.Sockets;

namespace PostmanDashboard.Shell;

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
}
