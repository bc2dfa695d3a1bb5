using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Accounts.SignIn.Limits;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts.SignIn.NewBrowsers;

/// <summary>
/// Takes back the links by which whoever reads a mailbox gets codes in a browser that is new to it, however many a stranger asks for.
/// A link goes out with the code that uses up the codes of new browsers, so it costs the mailbox no mail, and there is one whenever a
/// code is refused. It signs nobody in.
/// </summary>
public sealed class BrowserLinks(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    /// <returns>Whose link this is while it can be used; null otherwise. Looking doesn't use it: scanners of links look too.</returns>
    public async Task<EmailAddress?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var email = await Open(db, secret).Select(code => code.Email).SingleOrDefaultAsync(cancellationToken);
        return EmailAddress.TryParse(email, out var address) ? address : null;
    }

    /// <summary>Uses the link up, and makes a browser known to its address.</summary>
    /// <param name="browser">What is known of the browser. Null for nothing.</param>
    /// <returns>Null when the link can't be used any more.</returns>
    public async Task<LinkedBrowser?> UseAsync(string secret, KnownBrowser? browser, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { } address)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        // Of several at the same instant, one.
        if (await Open(db, secret).ExecuteUpdateAsync(set => set.SetProperty(code => code.LinkUsedAt, now), cancellationToken) != 1)
        {
            return null;
        }

        var stamp = await SignInLimits.FindStampAsync(db, address, cancellationToken);
        return new LinkedBrowser(address, (browser ?? KnownBrowser.New()).With(address.Text, stamp, now));
    }

    /// <remarks>As long as its code counts against the limit.</remarks>
    private IQueryable<SignInCode> Open(DashboardDbContext db, string secret)
    {
        var (hash, since) = (SignInSecrets.Hash(secret), clock.GetUtcNow() - SignInLimits.Window);
        return db.SignInCodes.Where(code => code.LinkHash == hash && code.LinkUsedAt == null && code.CreatedAt > since);
    }
}
