namespace PostmanDashboard.ApiKeys;

/// <summary>Who did something to a key, and from which client address, for the history.</summary>
/// <param name="Name">The email address of the account, or <see cref="TheKeyItself"/>.</param>
/// <param name="Address">Null when the connection has none, as over a Unix socket.</param>
public sealed record Actor(string Name, string? Address)
{
    /// <summary>The name of whoever called the API with the very key that the call deletes.</summary>
    public const string TheKeyItself = "the key itself";
}
