using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts.SignIn.Links;

/// <summary>Makes the addresses at which administrators sign in without mail, and takes each back once.</summary>
public sealed class SignInLinks(
    IDbContextFactory<DashboardDbContext> databases,
    IOptions<AccountOptions> options,
    SignInLinkNotice notice,
    TimeProvider clock,
    ILogger<SignInLinks> logger)
{
    /// <param name="madeBy">The user of this machine who asks.</param>
    public async Task<MakeLinkResult> MakeAsync(string typedAddress, string madeBy, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(typedAddress, out var address))
        {
            return new MakeLinkResult.NotAnAddress();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (!await IsAdministratorAsync(db, address, cancellationToken))
        {
            return new MakeLinkResult.NotAnAdministrator();
        }

        if (await db.Users.AnyAsync(account => account.NormalizedEmail == address.Normalized && account.DisabledAt != null, cancellationToken))
        {
            return new MakeLinkResult.Disabled();
        }

        var secret = SignInSecrets.NewSecret();
        var now = clock.GetUtcNow();
        var link = new SignInLink
        {
            Email = address.Text,
            Hash = SignInSecrets.Hash(secret),
            MadeBy = madeBy,
            CreatedAt = now,
            ExpiresAt = now + SignInLink.Lifetime,
        };
        db.SignInLinks.Add(link);
        notice.Notify(db, address, link);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.LogWarning("Sign-in link {LinkId} for an administrator was created by {User} on this machine", link.Id, madeBy);
        return new MakeLinkResult.Made(secret);
    }

    /// <returns>Whose link this is while it can be used; null otherwise. Looking doesn't use it: scanners of links look too.</returns>
    public async Task<EmailAddress?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Open(db, secret).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } link
            && EmailAddress.TryParse(link.Email, out var address)
            && await IsAdministratorAsync(db, address, cancellationToken)
            ? address
            : null;
    }

    /// <summary>Uses the link up.</summary>
    /// <returns>Who signs in with it; null when it can't be used any more.</returns>
    public async Task<EmailAddress?> UseAsync(string secret, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { } address)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        // Of several at the same instant, one.
        if (await Open(db, secret).ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now), cancellationToken) != 1)
        {
            return null;
        }

        logger.LogWarning("An administrator signed in with a sign-in link that was created on this machine");
        return address;
    }

    private IQueryable<SignInLink> Open(DashboardDbContext db, string secret)
    {
        var (hash, now) = (SignInSecrets.Hash(secret), clock.GetUtcNow());
        return db.SignInLinks.Where(link => link.Hash == hash && link.UsedAt == null && link.ExpiresAt > now);
    }

    private async Task<bool> IsAdministratorAsync(DashboardDbContext db, EmailAddress address, CancellationToken cancellationToken) =>
        options.Value.NamesAdministrator(address.Text)
        || await db.UserRoles.AnyAsync(
            member => db.Roles.Any(role => role.Id == member.RoleId && role.Name == Roles.Administrator)
                && db.Users.Any(account => account.Id == member.UserId && account.NormalizedEmail == address.Normalized),
            cancellationToken);
}
