using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Messages.Delivery;

namespace PostmanDashboard.Messages.Listing;

/// <summary>Shows people what an account's programs sent, newest first.</summary>
public sealed class MessageLists(IDbContextFactory<DashboardDbContext> databases)
{
    private const int BatchSize = 250;

    public async Task<MessagePage> ListAsync(Guid accountId, MessageFilter filter, MessagePlace place, int count, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var order = place.IsUpward ? MessageOrder.OldestFirst : MessageOrder.NewestFirst;
        var found = await FindAsync(db, accountId, filter, place.After, order, count, cancellationToken);
        if (place.IsUpward && found is { Positions.Count: 0, Next: null })
        {
            // There is nothing above any more: the messages have another status by now, say.
            return await ListAsync(accountId, filter, MessagePlace.First, count, cancellationToken);
        }

        var positions = place.IsUpward ? [.. found.Positions.Reverse()] : found.Positions;
        var before = positions.Count > 0 ? positions[0] : place.After;
        var behind = positions.Count > 0 ? positions[^1] : place.After;
        var messages = await SummarizeAsync(db, positions, cancellationToken);
        return new MessagePage(
            messages,
            place.IsUpward ? found.Next : place.After is null ? null : before,
            place.IsUpward ? behind : found.Next,
            found.IsCutOff ? found.Next!.At : null,
            filter.Text is null ? await CountAsync(db, accountId, filter, cancellationToken)
                : place.After is null && found.Next is null ? Count(messages) : null);
    }

    /// <summary>The newest of them, and nothing about the others.</summary>
    public async Task<IReadOnlyList<MessageSummary>> ListNewestAsync(Guid accountId, MessageFilter filter, int count, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(db, accountId, filter, null, MessageOrder.NewestFirst, count, cancellationToken);
        return await SummarizeAsync(db, found.Positions, cancellationToken);
    }

    private static Task<FoundPositions> FindAsync(
        DashboardDbContext db, Guid accountId, MessageFilter filter, MessagePosition? after, MessageOrder order, int count,
        CancellationToken cancellationToken) =>
        MessageScan.ReadAsync(
            MessageQueries.After(MessageQueries.Find(db, accountId, filter, order), after, order), filter.Text, count, cancellationToken);

    private static MessageTotals Count(IReadOnlyList<MessageSummary> all) =>
        new(all.Count, all.Count(message => message.Status == MessageStatus.Bounced));

    private static async Task<MessageTotals> CountAsync(DashboardDbContext db, Guid accountId, MessageFilter filter, CancellationToken cancellationToken)
    {
        var all = await MessageQueries.CountAsync(db, accountId, filter, MessageTotals.Most, cancellationToken);
        if (filter.Statuses.Count == 1)
        {
            return new MessageTotals(all, null);
        }

        var onlyBounced = filter with { Statuses = [MessageStatus.Bounced] };
        return new MessageTotals(all, await MessageQueries.CountAsync(db, accountId, onlyBounced, MessageTotals.Most, cancellationToken));
    }

    /// <returns>Null when the account has no such message.</returns>
    public async Task<MessageDetails?> FindAsync(Guid accountId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var files = await db.Set<MessageAttachment>()
            .Where(file => file.MessageId == id)
            .OrderBy(file => file.Position)
            .Select(file => new AttachmentInList(file.FileName, file.Size))
            .ToListAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(message => message.Id == id && message.AccountId == accountId, cancellationToken);
        return message is null ? null : new MessageDetails(
            message.Id, message.From, message.ReplyTo, await CopiesAsync(db, message, cancellationToken), message.Classification, files, message.Body);
    }

    private static async Task<IReadOnlyList<CopyInList>> CopiesAsync(DashboardDbContext db, Message message, CancellationToken cancellationToken)
    {
        var outcomes = (await CopyOutcomes.ReadAsync(db, [message.Id], cancellationToken)).GetValueOrDefault(message.Id, CopyOutcomes.None);
        return [.. message.Cc.Select(address => Copy(address, isBlind: false)), .. message.Bcc.Select(address => Copy(address, isBlind: true))];

        CopyInList Copy(string address, bool isBlind) => new(address, isBlind, outcomes.Of(address).Status, outcomes.Of(address).Reason);
    }

    /// <summary>The keys with which the account has sent anything, the newest first.</summary>
    public async Task<IReadOnlyList<KeyInList>> ListKeysAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys
            .Where(key => key.AccountId == accountId && db.Messages.Any(message => message.ApiKeyId == key.Id && message.AccountId == accountId))
            .OrderByDescending(key => key.CreatedAt)
            .Select(key => new KeyInList(key.Id, key.Label, key.Hint, key.DeletedAt != null))
            .ToListAsync(cancellationToken);
    }

    /// <summary>All matching messages, read on demand. What is sent meanwhile isn't included.</summary>
    public async IAsyncEnumerable<MessageSummary> StreamAsync(
        Guid accountId, MessageFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MessagePosition? last = null;
        do
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var found = await FindAsync(db, accountId, filter, last, MessageOrder.NewestFirst, BatchSize, cancellationToken);
            foreach (var message in await SummarizeAsync(db, found.Positions, cancellationToken))
            {
                yield return message;
            }

            last = found.Next;
        }
        while (last is not null);
    }

    /// <param name="positions">Of messages that are known to be the account's: with the account beside them, SQLite would walk
    /// over all of its messages.</param>
    private static async Task<IReadOnlyList<MessageSummary>> SummarizeAsync(
        DashboardDbContext db, IReadOnlyList<MessagePosition> positions, CancellationToken cancellationToken)
    {
        var ids = positions.Select(position => position.Id).ToList();
        var rows =
            from message in db.Messages
            join key in db.ApiKeys on message.ApiKeyId equals key.Id
            where ids.Contains(message.Id)
            select new MessageSummary(
                message.Id, message.CreatedAt, message.Recipient, message.Subject, message.Tag,
                new KeyInList(key.Id, key.Label, key.Hint, key.DeletedAt != null),
                message.Status, message.SentAt, message.ErrorCode, message.ErrorReason)
            {
                Cc = message.Cc,
                Bcc = message.Bcc,
                Classification = message.Classification,
            };
        var summaries = await rows.ToDictionaryAsync(message => message.Id, cancellationToken);
        var copied = summaries.Values.Where(message => message.Cc.Count + message.Bcc.Count > 0).Select(message => message.Id).ToList();
        var bounced = await CopyOutcomes.ReadBouncedAsync(db, copied, cancellationToken);
        return [.. ids.Where(summaries.ContainsKey).Select(id => summaries[id] with { BouncedCopies = [.. bounced[id]] })];
    }
}
