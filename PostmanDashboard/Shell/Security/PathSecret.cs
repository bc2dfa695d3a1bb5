namespace PostmanDashboard.Shell.Security;

/// <summary>The end of this request's address, which <see cref="SecretPaths"/> took out of it: a feature of the request.</summary>
/// <remarks>A class and not a record, because a record would print the secret.</remarks>
public sealed class PathSecret(string plaintext)
{
    /// <summary>Whatever stood there. Never log or store it.</summary>
    public string Plaintext { get; } = plaintext;

    public override string ToString() => "•••••";
}
