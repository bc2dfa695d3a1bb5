using System.Net;

namespace PostmanDashboard.Shell;

public static class ClientAddress
{
    /// <returns>The address that a request came from, IPv4 as IPv4 also on a socket of both kinds; null over a Unix socket.</returns>
    public static string? ClientIp(this HttpContext context) => Readable(context.Connection.RemoteIpAddress)?.ToString();

    private static IPAddress? Readable(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
