using PostmanDashboard.Shell.Pages;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>The way back to where a person wanted to go before signing in.</summary>
public static class ReturnUrls
{
    private static readonly Uri AnySite = new("https://dashboard.example");

    /// <summary><paramref name="path"/> with the return URL, if there is one.</summary>
    public static string AppendTo(string path, string? returnUrl) =>
        IsLocal(returnUrl) ? $"{path}?ReturnUrl={Uri.EscapeDataString(returnUrl!)}" : path;

    /// <summary>Where to go after signing in: <paramref name="returnUrl"/> if it is a page of ours, the start otherwise.</summary>
    public static string Destination(string? returnUrl) => IsLocal(returnUrl) ? returnUrl! : PageRoutes.Start;

    /// <summary>
    /// One slash, then no second one and no backslash (browsers read both as the beginning of a host), and no control
    /// characters (browsers drop them). Nor a path that becomes such a one when its dots are worked out, as <c>/.//host</c> does.
    /// </summary>
    private static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..]
        && !url.Any(char.IsControl)
        && Uri.TryCreate(AnySite, url, out var resolved)
        && !resolved.AbsolutePath.StartsWith("//", StringComparison.Ordinal);
}
