using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys;

/// <summary>Who did something to a key, and from which client address, for the history.</summary>
/// <param name="Name">The email address of the account, <see cref="TheKeyItself"/>, or as <see cref="AfterRotation"/> says.</param>
/// <param name="Address">Null when the connection has none, as over a Unix socket.</param>
public sealed record Actor(string Name, string? Address)
{
    /// <summary>The name of whoever called the API with the very key that the call deletes.</summary>
    public const string TheKeyItself = "the key itself";

    /// <summary>Of an old key that its rotation deletes once it is safe.</summary>
    /// <param name="chosenBy">Who chose that.</param>
    public static Actor AfterRotation(string chosenBy)
    {
        var name = $"itself after its rotation, chosen by {chosenBy}";
        return new(name[..Math.Min(name.Length, EmailAddress.MaxLength)], Address: null);
    }

    /// <summary>The job that watches over rotations.</summary>
    public static Actor Rotation { get; } = new("the rotation", Address: null);
}
