namespace PostmanDashboard.Accounts.SignIn.Links;

/// <summary>
/// An address at which an administrator signs in once, within ten minutes, while no mail can be sent: made on the server's own machine.
/// Rows stay, so that it can be seen later who came in that way.
/// </summary>
public sealed class SignInLink
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The administrator's address.</summary>
    public required string Email { get; init; }

    /// <summary>SHA-256 of the secret in the address, so that the table alone lets nobody in.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The user of the server's machine who asked for it: <c>root</c>.</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null until someone signed in with it.</summary>
    public DateTimeOffset? UsedAt { get; private init; }
}
