using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.Data;
using PostmanDashboard.Messages;

namespace PostmanDashboard.Admin.Accounts;

/// <summary>Tells administrators which accounts there are, and lets them set how fast one may send.</summary>
public sealed class AccountReport(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>For how long back messages are counted.</summary>
    public static readonly TimeSpan Counted = TimeSpan.FromHours(24);

    /// <summary>Named one by one, because the index of messages sorts by status before it sorts by time.</summary>
    private static readonly MessageStatus[] AllStatuses = Enum.GetValues<MessageStatus>();

    /// <param name="searchText">A part of the address, in whatever case. Null or empty for all.</param>
    /// <param name="page">From 0.</param>
    public async Task<AccountPage> ListAsync(string? searchText, int page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = Find(db, searchText);
        return new AccountPage(
            await Describe(db, found, clock.GetUtcNow()).Skip(page * PageSize).Take(PageSize).ToListAsync(cancellationToken),
            await found.CountAsync(cancellationToken));
    }

    /// <summary>Sorted by address, which an index has in order: only the accounts of the page asked for are counted through.</summary>
    internal static IQueryable<AccountLine> Describe(DashboardDbContext db, IQueryable<Account> accounts, DateTimeOffset now)
    {
        var since = now - Counted;
        return accounts.OrderBy(account => account.NormalizedEmail).Select(account => new AccountLine(
            account.Id,
            account.Email!,
            account.CreatedAt,
            account.DisabledAt,
            account.MessagesPerSecond,
            db.ApiKeys.Count(key => key.AccountId == account.Id && key.DeletedAt == null && key.ExpiresAt > now),
            db.Messages.Count(message => message.AccountId == account.Id && AllStatuses.Contains(message.Status) && message.CreatedAt > since)));
    }

    /// <param name="perSecond">From 1 to <see cref="MessageOptions.MaxPerSecond"/>. Null for the default.</param>
    /// <returns>False when there is no such account.</returns>
    public async Task<bool> SetLimitAsync(Guid id, int? perSecond, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.Where(account => account.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.MessagesPerSecond, perSecond), cancellationToken) > 0;
    }

    private static IQueryable<Account> Find(DashboardDbContext db, string? searchText)
    {
        // Normalised in C#, as the addresses were: databases disagree about case.
        var part = searchText?.Trim().ToUpperInvariant();
        return string.IsNullOrEmpty(part) ? db.Users : db.Users.Where(account => account.NormalizedEmail!.Contains(part));
    }
}
