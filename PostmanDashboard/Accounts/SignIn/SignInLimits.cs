using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>How often codes may be asked for and got wrong. All of it is counted from the rows of the last hour.</summary>
internal static class SignInLimits
{
    public const int CodesForAddress = 10;
    public const int CodesForClient = 30;

    /// <summary>So many wrong codes lock an address until the oldest of them is an hour past. Ten codes allow 50 tries; this stops at 15.</summary>
    public const int WrongCodes = 15;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <returns>Null when the address and the client may have another code now.</returns>
    public static async Task<RequestCodeResult.TooMany?> CheckAsync(
        DashboardDbContext db, EmailAddress address, string? client, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var codes = RecentCodes(db, address, now);
        var times = await codes.OrderByDescending(code => code.CreatedAt).Select(code => code.CreatedAt).ToListAsync(cancellationToken);
        if (await LockedForAsync(db, address, now, underway: 0, cancellationToken) is { } locked)
        {
            return new RequestCodeResult.TooMany(TooManyReason.WrongCodes, locked);
        }

        if (times.Count >= CodesForAddress)
        {
            return new RequestCodeResult.TooMany(TooManyReason.CodesForAddress, times[CodesForAddress - 1] + Window - now);
        }

        if (times.Count > 0 && times[0] + Pause > now)
        {
            return new RequestCodeResult.TooMany(TooManyReason.JustSent, times[0] + Pause - now);
        }

        return client is null ? null : await CheckClientAsync(db, client, now, cancellationToken);
    }

    /// <param name="underway">Tries of the caller's own that are counted already but not looked at yet: they may still be right.</param>
    /// <returns>How long the address stays locked; null when it isn't.</returns>
    public static async Task<TimeSpan?> LockedForAsync(
        DashboardDbContext db, EmailAddress address, DateTimeOffset now, int underway, CancellationToken cancellationToken)
    {
        var wrong = await RecentCodes(db, address, now).Where(code => code.UsedAt == null && code.Tries > 0)
            .OrderByDescending(code => code.CreatedAt)
            .Select(code => new { code.CreatedAt, code.Tries })
            .ToListAsync(cancellationToken);

        var sum = -underway;
        foreach (var code in wrong)
        {
            sum += code.Tries;
            if (sum >= WrongCodes)
            {
                return code.CreatedAt + Window - now;
            }
        }

        return null;
    }

    private static async Task<RequestCodeResult.TooMany?> CheckClientAsync(
        DashboardDbContext db, string client, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Window;
        var times = await db.SignInCodes.Where(code => code.ClientAddress == client && code.CreatedAt > since)
            .OrderByDescending(code => code.CreatedAt)
            .Take(CodesForClient)
            .Select(code => code.CreatedAt)
            .ToListAsync(cancellationToken);
        return times.Count < CodesForClient
            ? null
            : new RequestCodeResult.TooMany(TooManyReason.CodesForClient, times[^1] + Window - now);
    }

    private static IQueryable<SignInCode> RecentCodes(DashboardDbContext db, EmailAddress address, DateTimeOffset now)
    {
        var (normalized, since) = (address.Normalized, now - Window);
        return db.SignInCodes.Where(code => code.NormalizedEmail == normalized && code.CreatedAt > since);
    }
}
