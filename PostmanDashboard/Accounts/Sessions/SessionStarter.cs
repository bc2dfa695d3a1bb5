using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts.SignIn.Limits;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>Signs in the owner of an address, who has just proved to read its mail; the first time, this makes the account.</summary>
public sealed class SessionStarter(
    UserManager<Account> accounts, SignInManager<Account> sessions, EndedSessions ended, BrowserCookie browsers, TimeProvider clock,
    ILogger<SessionStarter> logger)
{
    /// <returns>False when the account is disabled.</returns>
    public async Task<bool> SignInAsync(EmailAddress address, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByEmailAsync(address.Text) ?? await CreateAsync(address);
        cancellationToken.ThrowIfCancellationRequested();
        if (account.DisabledAt is not null)
        {
            return false;
        }

        // The cookie of the session that this browser had is overwritten. Nobody could sign out of it any more.
        await ended.AddAsync(sessions.Context.User, cancellationToken);
        await sessions.SignInAsync(account, isPersistent: true);
        browsers.Remember(sessions.Context, account);
        logger.LogInformation("Account {AccountId} signed in", account.Id);
        return true;
    }

    private async Task<Account> CreateAsync(EmailAddress address)
    {
        var account = new Account { Email = address.Text, UserName = address.Text, EmailConfirmed = true, CreatedAt = clock.GetUtcNow() };
        try
        {
            var result = await accounts.CreateAsync(account);
            if (result.Succeeded)
            {
                return account;
            }
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            // Someone else signed in to this mailbox for the first time at the same moment: theirs is the account then.
        }

        return await accounts.FindByEmailAsync(address.Text)
            ?? throw new InvalidOperationException("An account could neither be made nor found.");
    }
}
