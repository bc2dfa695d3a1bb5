using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Shell.Security;

/// <summary>
/// Knows which pages are ours by their origin: those of <c>Public:BaseUrl</c>. In Development also of what is listened at, under any name
/// that this machine has for itself; where every address is listened at, of the one that the browser called.
/// </summary>
public sealed class OwnOrigins(PublicAddress address, IServer server, IHostEnvironment environment)
{
    /// <summary>What a browser on this machine may call it.</summary>
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <param name="origin">As browsers write it: <c>https://postman.agency.gov.sg</c>, or <c>null</c>.</param>
    /// <param name="called">The host that the request is for.</param>
    public bool Contain(string origin, HostString called) => origin == OriginOf(address.Root)
        || (environment.IsDevelopment() && Listened.SelectMany(binding => NamesOf(binding, called)).Contains(origin, StringComparer.Ordinal));

    private IEnumerable<BindingAddress> Listened => (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        .Select(BindingAddress.Parse)
        .Where(binding => !binding.IsUnixPipe && !binding.IsNamedPipe);

    private static IEnumerable<string?> NamesOf(BindingAddress binding, HostString called)
    {
        IEnumerable<string> hosts = [.. Loopback, IsEvery(binding.Host) ? called.Host : binding.Host];
        return hosts.Select(host => OriginOf($"{binding.Scheme}://{host}:{binding.Port}"));
    }

    /// <summary>Kestrel takes what is neither an address nor <c>localhost</c> (<c>*</c>, <c>+</c>) for all of them.</summary>
    private static bool IsEvery(string host) =>
        IPAddress.TryParse(host, out var named) ? named.Equals(IPAddress.Any) || named.Equals(IPAddress.IPv6Any) : host != "localhost";

    /// <returns>In small letters, and without the port that the scheme implies. Null for what is not an address.</returns>
    private static string? OriginOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url)
        ? $"{url.Scheme}://{(url.HostNameType is UriHostNameType.Dns ? url.IdnHost : url.Host)}{(url.IsDefaultPort ? "" : $":{url.Port}")}"
        : null;
}
