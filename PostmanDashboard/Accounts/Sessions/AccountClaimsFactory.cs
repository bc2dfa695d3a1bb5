using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>Says who a session belongs to, and makes administrators of those named in <c>Accounts:AdminEmails</c>.</summary>
public sealed class AccountClaimsFactory(
    UserManager<Account> accounts, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> identity, IOptions<AccountOptions> options)
    : UserClaimsPrincipalFactory<Account, IdentityRole<Guid>>(accounts, roles, identity)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var claims = await base.GenerateClaimsAsync(user);
        if (options.Value.NamesAdministrator(user.Email) && !claims.HasClaim(claims.RoleClaimType, Roles.Administrator))
        {
            claims.AddClaim(new Claim(claims.RoleClaimType, Roles.Administrator));
        }

        return claims;
    }
}
