using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Calendar;

/// <summary>Makes and removes the calendar address of an account, and finds out whose an address is.</summary>
public sealed class CalendarFeeds(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    /// <returns>When the account's address was made; null when it has none.</returns>
    public async Task<DateTimeOffset?> FindAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.CalendarFeeds.Where(feed => feed.AccountId == accountId).Select(feed => (DateTimeOffset?)feed.CreatedAt)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A new address, which ends the one before. Its secret is in the answer and nowhere else.</summary>
    public async Task<CalendarSecret> MakeAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var secret = CalendarSecret.Generate();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        await db.CalendarFeeds.Where(feed => feed.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        db.CalendarFeeds.Add(new CalendarFeed { AccountId = accountId, SecretHash = secret.Hash, CreatedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return secret;
    }

    public async Task RemoveAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.CalendarFeeds.Where(feed => feed.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <returns>Null when the secret is nobody's, or its account is disabled.</returns>
    public async Task<CalendarOwner?> FindOwnerAsync(CalendarSecret secret, CancellationToken cancellationToken)
    {
        var hash = secret.Hash;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await (
            from feed in db.CalendarFeeds
            join account in db.Users on feed.AccountId equals account.Id
            where feed.SecretHash == hash && account.DisabledAt == null
            select new CalendarOwner(account.Id, account.Email!)).SingleOrDefaultAsync(cancellationToken);
    }
}

/// <summary>Whose calendar an address leads to.</summary>
public sealed record CalendarOwner(Guid AccountId, string Email);
