using System.Collections.Concurrent;
using Microsoft.Net.Http.Headers;

namespace PostmanDashboard.Tests.Testing.Http;

/// <summary>The cookies of one browser, by name. They stay until the server deletes them, so that it is the server that must refuse an old one.</summary>
public sealed class CookieJar
{
    private readonly ConcurrentDictionary<string, SetCookieHeaderValue> cookies = new();

    public IEnumerable<SetCookieHeaderValue> All => cookies.Values;

    public SetCookieHeaderValue? Find(string name) => cookies.GetValueOrDefault(name);

    public void Keep(IEnumerable<SetCookieHeaderValue> answers)
    {
        foreach (var cookie in answers)
        {
            if (cookie.Expires == DateTimeOffset.UnixEpoch)
            {
                cookies.TryRemove(cookie.Name.Value!, out _);
            }
            else
            {
                cookies[cookie.Name.Value!] = cookie;
            }
        }
    }

    /// <returns>A value for the header <c>Cookie</c>.</returns>
    public string For(string path) =>
        string.Join("; ", cookies.Values.Where(cookie => IsFor(path, cookie)).Select(cookie => $"{cookie.Name}={cookie.Value}"));

    private static bool IsFor(string path, SetCookieHeaderValue cookie) =>
        cookie.Path.Value is null or "/" || path == cookie.Path.Value || path.StartsWith($"{cookie.Path}/", StringComparison.Ordinal);
}
