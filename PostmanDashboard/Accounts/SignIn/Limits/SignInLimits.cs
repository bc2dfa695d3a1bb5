using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Accounts.SignIn.Limits;

/// <summary>How often codes may be asked for. All of it is counted from the rows of the last hour.</summary>
/// <remarks>
/// Nothing here locks an account: a code has five tries, and the codes of an hour are few, which is what guessing is held to. Browsers
/// that have signed in to the account before are counted apart, each by itself, so that no stranger can use up their codes.
/// docs/security.md has the odds.
/// </remarks>
internal static class SignInLimits
{
    /// <summary>In an hour: for an address from all browsers that are new to it, and from each that isn't.</summary>
    public const int Codes = 10;

    /// <summary>In an hour: for an address from all browsers together that have signed in to it before. What one of them asks for
    /// beyond that counts as a stranger's.</summary>
    public const int CodesOfKnownBrowsers = 50;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <returns>As which browser it is counted; null: as one that is new to the address.</returns>
    public static async Task<Guid?> CountAsAsync(
        DashboardDbContext db, EmailAddress address, KnownBrowser? browser, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (browser is null)
        {
            return null;
        }

        return browser.Knows(address.Text, await FindStampAsync(db, address, cancellationToken), now)
            && await RecentCodes(db, address, now).CountAsync(code => code.Browser != null, cancellationToken) < CodesOfKnownBrowsers
                ? browser.Id
                : null;
    }

    /// <returns>What changes when an account's sessions are ended for good. Empty for an address without an account: a browser
    /// may be known to that too.</returns>
    public static async Task<string> FindStampAsync(DashboardDbContext db, EmailAddress address, CancellationToken cancellationToken)
    {
        var normalized = address.Normalized;
        return await db.Users.Where(account => account.NormalizedEmail == normalized).Select(account => account.SecurityStamp)
            .SingleOrDefaultAsync(cancellationToken) ?? "";
    }

    /// <summary>Whether the next code uses up those of browsers that are new to the address.</summary>
    /// <param name="browser">As which it is counted.</param>
    public static async Task<bool> IsLastAsync(
        DashboardDbContext db, EmailAddress address, Guid? browser, DateTimeOffset now, CancellationToken cancellationToken) =>
        browser is null && await RecentCodes(db, address, now).CountAsync(code => code.Browser == null, cancellationToken) == Codes - 1;

    /// <param name="browser">As which it is counted.</param>
    /// <returns>Null when there may be another code now.</returns>
    public static async Task<RequestCodeResult.TooMany?> CheckAsync(
        DashboardDbContext db, EmailAddress address, Guid? browser, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var times = await RecentCodes(db, address, now).Where(code => code.Browser == browser)
            .OrderByDescending(code => code.CreatedAt)
            .Select(code => code.CreatedAt)
            .ToListAsync(cancellationToken);
        if (times.Count >= Codes)
        {
            return new RequestCodeResult.TooMany(
                browser is null ? TooManyReason.CodesForNewBrowsers : TooManyReason.CodesForBrowser, times[Codes - 1] + Window - now);
        }

        return times.Count > 0 && times[0] + Pause > now ? new RequestCodeResult.TooMany(TooManyReason.JustSent, times[0] + Pause - now) : null;
    }

    /// <summary>Browsers that signed in to the account before don't count here: an office has many of them behind one address.</summary>
    public static async Task<RequestCodeResult.TooMany?> CheckNetworkAsync(
        DashboardDbContext db, string? network, Guid? browser, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (network is null || browser is not null)
        {
            return null;
        }

        var since = now - Window;
        // The oldest of the newest that fill the limit: when that one is past, there is room.
        var filling = await db.SignInCodes.Where(code => code.Network == network && code.CreatedAt > since && code.Browser == null)
            .OrderByDescending(code => code.CreatedAt)
            .Skip(limit - 1)
            .Select(code => (DateTimeOffset?)code.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return filling is { } oldest ? new RequestCodeResult.TooMany(TooManyReason.CodesForNetwork, oldest + Window - now) : null;
    }

    private static IQueryable<SignInCode> RecentCodes(DashboardDbContext db, EmailAddress address, DateTimeOffset now)
    {
        var (normalized, since) = (address.Normalized, now - Window);
        return db.SignInCodes.Where(code => code.NormalizedEmail == normalized && code.CreatedAt > since);
    }
}
