using Microsoft.Extensions.Primitives;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>Reads the Authorization header of a call: <c>Bearer</c> in any case, one space or more, and the token (RFC 6750, section 2.1).</summary>
internal static class BearerCredentials
{
    private const string Scheme = "Bearer";

    /// <param name="token">What was sent as a token, whatever it is; null when there is no header, another scheme or nothing after the scheme.</param>
    /// <returns>False when there are several credentials, so that nobody can say which one was meant.</returns>
    public static bool TryRead(StringValues header, out string? token)
    {
        token = null;
        // Other schemes, like Digest, write commas within one credential.
        var sent = header.ToString();
        var several = header.Count > 1
            || (sent.Contains(',', StringComparison.Ordinal) && Array.Exists(sent.Split(','), part => TokenIn(part) is not null));
        if (several)
        {
            return false;
        }

        token = TokenIn(sent) is { Length: > 0 } one ? one : null;
        return true;
    }

    /// <returns>Null unless the scheme is ours.</returns>
    private static string? TokenIn(string credential)
    {
        var trimmed = credential.Trim();
        return trimmed.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && (trimmed.Length == Scheme.Length || trimmed[Scheme.Length] == ' ')
            ? trimmed[Scheme.Length..].TrimStart()
            : null;
    }
}
