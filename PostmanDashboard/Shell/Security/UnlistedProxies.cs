using System.Net;
using Microsoft.Extensions.Options;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Shell.Security;

/// <summary>
/// Notices that calls come through a proxy that isn't listed in <c>Network:TrustedProxies</c>: everyone behind it then counts as one
/// address, and shares its limits. Says it once for each in the log, and to administrators as long as the process runs.
/// </summary>
public sealed class UnlistedProxies(IOptions<NetworkOptions> network, ILogger<UnlistedProxies> logger)
{
    /// <summary>How many are reported. A direct caller can send the header too, from one address after another.</summary>
    public const int MaxTold = 5;

    private const string ForwardedFor = "X-Forwarded-For";
    private const string UnixSocket = "a Unix socket";

    private readonly IReadOnlyList<IPNetwork> named = [.. network.Value.TrustedNetworks];
    private readonly Lock gate = new();
    private volatile IReadOnlyList<string> seen = [];

    /// <summary>From where such calls came.</summary>
    public IReadOnlyList<string> Seen => seen;

    public void Look(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(ForwardedFor) && !IsNamed(context.Connection.RemoteIpAddress))
        {
            Note(context.GetClientAddress() ?? UnixSocket);
        }
    }

    /// <remarks>Over a Unix socket, whoever may open it counts as a proxy once any is named.</remarks>
    private bool IsNamed(IPAddress? address) => address is null
        ? named.Count > 0
        : named.Any(proxy => proxy.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private void Note(string address)
    {
        if (seen.Count >= MaxTold || seen.Contains(address))
        {
            return;
        }

        lock (gate)
        {
            if (seen.Count >= MaxTold || seen.Contains(address))
            {
                return;
            }

            seen = [.. seen, address];
        }

        logger.LogWarning(
            "Calls arrive with X-Forwarded-For from {Address}, which isn't in Network:TrustedProxies, so the header is ignored. If that is " +
                "your proxy, add it there: until then everyone behind it counts as one address",
            address);
    }
}
