namespace PostmanDashboard.ApiKeys.Dialogs;

/// <summary>The account that is signed in, and from where.</summary>
/// <param name="Email">Offered as the first contact, and test mails go to it.</param>
public sealed record ActingAccount(Guid Id, string Email, string? Address)
{
    public Actor Actor => new(Email, Address);
}
