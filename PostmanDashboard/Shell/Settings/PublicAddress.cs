using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using PostmanDashboard.Shell.Pages;

namespace PostmanDashboard.Shell.Settings;

/// <summary>Where the dashboard is reached: what the links in mails and the examples start with.</summary>
public sealed class PublicAddress(IOptions<PublicOptions> options, IServer server, IConfiguration configuration)
{
    private const string Fallback = "http://localhost:5080";

    /// <summary><c>https://postman.agency.gov.sg</c>, without a slash at the end. In Development, where nothing is set, the first
    /// address listened at, or to be listened at.</summary>
    public string Root => (options.Value.BaseUrl is { Length: > 0 } set ? set : Listening ?? Planned ?? Fallback).TrimEnd('/');

    /// <summary>Leads straight to one key in Settings.</summary>
    public string OfKey(Guid id) => Root + PageRoutes.Key(id);

    /// <summary>Leads to the page on which a key is replaced, from an old key or the one that takes its place.</summary>
    public string OfRotation(Guid keyId) => Root + PageRoutes.Rotation(keyId);

    /// <summary>The first address listened at, as a browser on this machine opens it (none opens http://[::]:5080). Null for a server in memory.</summary>
    public string? Listening => Addresses.FirstOrDefault();

    /// <summary>Where the program reaches itself, past every proxy: over plain HTTP if it listens for that. A server in memory has only its root.</summary>
    public string Direct => Addresses.Where(IsOfTheNetwork).MinBy(address => address.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal)) ?? Root;

    private string? Planned => configuration[WebHostDefaults.ServerUrlsKey]?.Split(';')[0];

    private IEnumerable<string> Addresses => (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(address => address
        .Replace("://[::]", "://localhost", StringComparison.Ordinal)
        .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
        .TrimEnd('/'));

    /// <summary>Not a file (<c>http://unix:/run/postman.sock</c>) or a pipe.</summary>
    private static bool IsOfTheNetwork(string address) =>
        !address.Contains("://unix:", StringComparison.Ordinal) && !address.Contains("://pipe:", StringComparison.Ordinal);
}
