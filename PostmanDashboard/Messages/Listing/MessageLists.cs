using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Messages.Delivery;

namespace PostmanDashboard.Messages.Listing;

/// <summary>Shows people what an account's programs sent, newest first.</summary>
public sealed class MessageLists(IDbContextFactory<DashboardDbContext> databases)
{
    private const int BatchSize = 250;

    public async Task<MessagePage> ListAsync(Guid accountId, MessageFilter filter, int offset, int count, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await MessageQueries.Find(db, accountId, filter, MessageOrder.NewestFirst)
            .Skip(offset)
            .Take(count + 1)
            .ToListAsync(cancellationToken);
        return new MessagePage(await SummarizeAsync(db, [.. found.Take(count)], cancellationToken), found.Count > count);
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
        List<MessagePosition> positions;
        do
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            positions = await After(last, MessageQueries.Find(db, accountId, filter, MessageOrder.NewestFirst))
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            foreach (var message in await SummarizeAsync(db, positions, cancellationToken))
            {
                yield return message;
            }

            last = positions.Count == 0 ? null : positions[^1];
        }
        while (positions.Count == BatchSize);
    }

    private static IQueryable<MessagePosition> After(MessagePosition? last, IQueryable<MessagePosition> found) =>
        last is null ? found : found.Where(position => position.At <= last.At && (position.At < last.At || position.Id < last.Id));

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
