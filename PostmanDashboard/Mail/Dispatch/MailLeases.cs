using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Gives out mails to send, each to one sender, and takes them back with what became of them.</summary>
/// <remarks>What several senders want at the same time is one transaction with few statements: that is what a mail server's speed hangs on.</remarks>
public sealed class MailLeases
{
    private readonly GroupCommit<Exchange> commits;
    private readonly IDbContextFactory<DashboardDbContext> databases;
    private readonly MailOutcome outcome;
    private readonly IOptions<MailOptions> options;
    private readonly TimeProvider clock;

    public MailLeases(IDbContextFactory<DashboardDbContext> databases, WriteTurn turn, MailOutcome outcome, IOptions<MailOptions> options, TimeProvider clock)
    {
        (this.databases, this.outcome, this.options, this.clock) = (databases, outcome, options, clock);
        commits = new GroupCommit<Exchange>(databases, turn, ExchangeAsync);
    }

    /// <summary>Records one mail and takes the next, in one commit.</summary>
    /// <param name="tried">Null when there is nothing to record.</param>
    /// <returns>Null when nothing is due, or nothing is wanted.</returns>
    public async Task<MailLease?> ExchangeAsync(MailTry? tried, bool takesNext)
    {
        var exchange = new Exchange(tried, takesNext);
        await commits.RunAsync(exchange);
        return exchange.Next;
    }

    /// <summary>Whether a mail is still to be sent by whoever holds the lease.</summary>
    public async Task<bool> IsHeldAsync(MailLease lease, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await lease.Held(db).AnyAsync(cancellationToken);
    }

    private async Task ExchangeAsync(DashboardDbContext db, IReadOnlyList<Exchange> exchanges)
    {
        await outcome.RecordAsync(db, [.. exchanges.Select(exchange => exchange.Tried).OfType<MailTry>()]);
        var takers = exchanges.Where(exchange => exchange.TakesNext).ToList();
        var leases = await TakeAsync(db, takers.Count);
        foreach (var (position, taker) in takers.Index())
        {
            taker.Next = leases.ElementAtOrDefault(position);
        }
    }

    private async Task<IReadOnlyList<MailLease>> TakeAsync(DashboardDbContext db, int count)
    {
        var now = clock.GetUtcNow();
        var due = await FindDueAsync(db, now, count);
        if (due.Count == 0)
        {
            return [];
        }

        var ids = due.Select(mail => mail.Id).ToList();
        var until = now + options.Value.LeaseFor;
        await db.OutgoingMails.Where(mail => ids.Contains(mail.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.DueAt, until).SetProperty(mail => mail.Tries, mail => mail.Tries + 1));
        return [.. due.Select(mail => new MailLease(mail, until))];
    }

    /// <summary>Our own mails first: a reminder doesn't wait until a program's ten thousand messages are through.</summary>
    private static async Task<IReadOnlyList<OutgoingMail>> FindDueAsync(DashboardDbContext db, DateTimeOffset now, int count)
    {
        var due = db.OutgoingMails.AsNoTracking().Where(mail => mail.State == MailState.Waiting && mail.DueAt <= now).OrderBy(mail => mail.DueAt);
        var own = await due.Where(mail => mail.CarriedMessageId == null).Take(count).ToListAsync();
        return own.Count == count ? own : [.. own, .. await due.Where(mail => mail.CarriedMessageId != null).Take(count - own.Count).ToListAsync()];
    }

    private sealed record Exchange(MailTry? Tried, bool TakesNext)
    {
        public MailLease? Next { get; set; }
    }
}
