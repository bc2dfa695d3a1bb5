namespace PostmanDashboard.Shell.Security;

/// <summary>Addresses that end with a secret.</summary>
/// <param name="Outside">What they start with, up to the secret: <c>/calendar/</c>.</param>
/// <param name="Inside">Where their requests continue, without it.</param>
public sealed record SecretPath(string Outside, string Inside);
