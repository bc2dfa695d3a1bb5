using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Transports;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Gives out mails to send, each to one sender, and takes them back with what became of them.</summary>
/// <remarks>Requests of several senders at the same time share one transaction with few statements: throughput depends on it.</remarks>
public sealed class MailLeases : IDisposable
{
    private readonly WriteBatcher<Exchange> commits;
    private readonly ReadBatcher<Guid, DateTimeOffset?> waiting;
    private readonly IDbContextFactory<DashboardDbContext> databases;
    private readonly DeliveryRecorder outcome;
    private readonly MailServer server;
    private readonly IOptions<MailOptions> options;
    private readonly TimeProvider clock;

    public MailLeases(
        IDbContextFactory<DashboardDbContext> databases, WriteLock turn, DeliveryRecorder outcome, MailServer server, IOptions<MailOptions> options,
            TimeProvider clock)
    {
        (this.databases, this.outcome, this.server, this.options, this.clock) = (databases, outcome, server, options, clock);
        commits = new WriteBatcher<Exchange>(databases, turn, ExchangeAsync);
        waiting = new ReadBatcher<Guid, DateTimeOffset?>(databases, ReadDueAtAsync);
    }

    /// <summary>Records one mail and takes the next, in one commit.</summary>
    /// <param name="tried">Null when there is nothing to record.</param>
    /// <returns>Null when nothing is due, or nothing is wanted.</returns>
    public async Task<MailLease?> ExchangeAsync(DeliveryAttempt? tried, bool takesNext)
    {
        var exchange = new Exchange(tried, takesNext);
        await commits.RunAsync(exchange);
        return exchange.Next;
    }

    /// <summary>Whether a mail is still to be sent by whoever holds the lease.</summary>
    public async Task<bool> IsHeldAsync(MailLease lease) => await waiting.ReadAsync(lease.Mail.Id) == lease.Until;

    /// <summary>Begins a lease's time again, for a mail that is still being sent.</summary>
    /// <returns>Null when someone else holds the mail by now, or it is no longer due.</returns>
    public async Task<MailLease?> RenewAsync(MailLease lease)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var until = clock.GetUtcNow() + options.Value.LeaseFor;
        return await lease.Held(db).RenewAsync(until, CancellationToken.None) > 0 ? lease with { Until = until } : null;
    }

    public void Dispose() => waiting.Dispose();

    /// <returns>Null for those that no longer wait.</returns>
    private static async Task<IReadOnlyDictionary<Guid, DateTimeOffset?>> ReadDueAtAsync(DashboardDbContext db, IReadOnlyList<Guid> ids)
    {
        var mails = await db.OutgoingMails.Where(mail => EF.Parameter(ids).Contains(mail.Id) && mail.State == MailState.Waiting)
            .Select(mail => new { mail.Id, mail.DueAt })
            .ToDictionaryAsync(mail => mail.Id, mail => mail.DueAt);
        return ids.ToDictionary(id => id, id => mails.TryGetValue(id, out var dueAt) ? dueAt : (DateTimeOffset?)null);
    }

    private async Task ExchangeAsync(DashboardDbContext db, IReadOnlyList<Exchange> exchanges)
    {
        await outcome.RecordAsync(db, [.. exchanges.Select(exchange => exchange.Tried).OfType<DeliveryAttempt>()]);
        var takers = exchanges.Where(exchange => exchange.TakesNext).ToList();
        var leases = await AcquireAsync(db, takers.Count);
        foreach (var (position, taker) in takers.Index())
        {
            taker.Next = leases.ElementAtOrDefault(position);
        }
    }

    private async Task<IReadOnlyList<MailLease>> AcquireAsync(DashboardDbContext db, int count)
    {
        if (count == 0)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var trouble = server.Trouble;
        var (due, isTried) = await FindAsync(db, now, count, trouble);
        if (due.Count == 0)
        {
            return [];
        }

        var ids = due.Select(mail => mail.Id).ToList();
        var until = now + options.Value.LeaseFor;
        await db.OutgoingMails.Where(mail => EF.Parameter(ids).Contains(mail.Id)).LeaseAsync(until, CancellationToken.None);
        return [.. due.Select(mail => new MailLease(mail, until, isTried ? null : trouble?.Reason))];
    }

    /// <summary>What may be sent now. While the server takes no mail, that is one every half a minute, and those whose time is over are given up.</summary>
    private async Task<(IReadOnlyList<OutgoingMail> Mails, bool AreTried)> FindAsync(
        DashboardDbContext db, DateTimeOffset now, int count, MailServerTrouble? trouble)
    {
        var due = Due(db, now);
        if (trouble is null)
        {
            return (await FirstAsync(due, count), true);
        }

        var next = await FirstAsync(due, 1);
        return next.Count > 0 && server.MayTry() ? (next, true) : (await FirstAsync(due.Where(mail => mail.GiveUpAt <= now), count), false);
    }

    /// <summary>The mails that wait and may be sent: all that the dispatcher reads of the table.</summary>
    internal static IQueryable<OutgoingMail> Due(DashboardDbContext db, DateTimeOffset now) =>
        db.OutgoingMails.AsNoTracking().Where(mail => mail.State == MailState.Waiting && mail.DueAt <= now);

    /// <summary>Our own mails first: a reminder doesn't wait until a program's ten thousand messages are through.</summary>
    private static async Task<IReadOnlyList<OutgoingMail>> FirstAsync(IQueryable<OutgoingMail> due, int count)
    {
        // One query: asking costs more than the rows that may be too many.
        var first = await FirstOwn(due, count).Concat(FirstForMessages(due, count)).ToListAsync();
        return [.. first.OrderBy(mail => mail.MessageId is not null).ThenBy(mail => mail.DueAt).Take(count)];
    }

    internal static IQueryable<OutgoingMail> FirstOwn(IQueryable<OutgoingMail> due, int count) =>
        due.Where(mail => mail.MessageId == null).OrderBy(mail => mail.DueAt).Take(count);

    internal static IQueryable<OutgoingMail> FirstForMessages(IQueryable<OutgoingMail> due, int count) =>
        due.Where(mail => mail.MessageId != null).OrderBy(mail => mail.DueAt).Take(count);

    private sealed record Exchange(DeliveryAttempt? Tried, bool TakesNext)
    {
        public MailLease? Next { get; set; }
    }
}
