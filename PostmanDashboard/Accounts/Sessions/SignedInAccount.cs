using System.Security.Claims;

namespace PostmanDashboard.Accounts.Sessions;

public static class SignedInAccount
{
    /// <summary>The account that a session belongs to.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid AccountId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? id
            : throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The email address of the account, which is also its name.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static string AccountEmail(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.Email) ?? throw new InvalidOperationException("Nobody is signed in.");
}
