namespace PostmanDashboard.Accounts.SignIn;

/// <summary>The addresses of signing in and out, and the way back to where a person wanted to go.</summary>
public static class SignInPaths
{
    public const string SignIn = "/sign-in";
    public const string Code = "/sign-in/code";
    public const string Link = "/sign-in/link";

    /// <summary>Followed by the secret of a link from a mail.</summary>
    public const string Browser = "/sign-in/browser";
    public const string SignOut = "/sign-out";

    /// <summary>Says which session the browser has.</summary>
    public const string Session = "/session";
    public const string Start = "/";

    private static readonly Uri AnySite = new("https://dashboard.example");

    /// <summary>The address of a link, as people open it: <paramref name="path"/> and the link's secret.</summary>
    public static string WithSecret(string path, string secret) => $"{path}/{Uri.EscapeDataString(secret)}";

    /// <summary><paramref name="path"/> with the return URL, if there is one.</summary>
    public static string WithReturnUrl(string path, string? returnUrl) =>
        IsLocal(returnUrl) ? $"{path}?ReturnUrl={Uri.EscapeDataString(returnUrl!)}" : path;

    /// <summary>Where to go after signing in: <paramref name="returnUrl"/> if it is a page of ours, the start otherwise.</summary>
    public static string Destination(string? returnUrl) => IsLocal(returnUrl) ? returnUrl! : Start;

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
