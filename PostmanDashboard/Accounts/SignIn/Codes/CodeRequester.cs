using PostmanDashboard.Accounts.SignIn.Limits;

namespace PostmanDashboard.Accounts.SignIn.Codes;

/// <summary>Who asks for a code, as far as the limits tell people apart.</summary>
/// <param name="Network">Null when the connection has no address, as over a Unix socket.</param>
/// <param name="Browser">Null for a browser in which nobody has signed in yet.</param>
public sealed record CodeRequester(string? Network, KnownBrowser? Browser);
