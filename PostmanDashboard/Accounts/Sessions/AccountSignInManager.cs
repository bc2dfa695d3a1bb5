using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>Identity's sign-in, which also knows that a disabled account has no session.</summary>
public sealed class AccountSignInManager(
    UserManager<Account> accounts,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<Account> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> logger,
    Microsoft.AspNetCore.Authentication.IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Account> confirmation)
    : SignInManager<Account>(accounts, http, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> ValidateSecurityStampAsync(Account? user, string? securityStamp) =>
        user is { DisabledAt: null } && await base.ValidateSecurityStampAsync(user, securityStamp);
}
