using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Messages.Lists;

namespace PostmanDashboard.Messages.Endpoints;

/// <summary>Reads an account's messages as the API answers them. Another account's message is answered like one that doesn't exist.</summary>
public sealed class MessageAnswers(IDbContextFactory<DashboardDbContext> databases)
{
    /// <summary>So many bodies are in memory at a time.</summary>
    private const int BatchSize = 50;

    public async Task<MessageAnswer?> FindAsync(Guid accountId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Messages.AnyAsync(message => message.Id == id && message.AccountId == accountId, cancellationToken)
            ? (await ReadAsync(db, [id], withParams: true, cancellationToken)).GetValueOrDefault(id)
            : null;
    }

    internal async Task<MessageListAnswer> ListAsync(Guid accountId, MessageListRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await MessageQueries.Find(db, accountId, request.Filter, request.Order)
            .Skip(request.Offset)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        var ids = found.Take(request.Limit).Select(position => position.Id);
        return new MessageListAnswer(found.Count > request.Limit, StreamAsync(ids, !request.ExcludeParams, cancellationToken));
    }

    private async IAsyncEnumerable<MessageAnswer> StreamAsync(
        IEnumerable<Guid> ids, bool withParams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(BatchSize))
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var answers = await ReadAsync(db, batch, withParams, cancellationToken);
            foreach (var id in batch)
            {
                if (answers.TryGetValue(id, out var answer))
                {
                    yield return answer;
                }
            }
        }
    }

    /// <param name="ids">Of messages that are known to be the caller's: with the account beside them, SQLite would walk over all of its messages.</param>
    private static async Task<Dictionary<Guid, MessageAnswer>> ReadAsync(
        DashboardDbContext db, IReadOnlyList<Guid> ids, bool withParams, CancellationToken cancellationToken)
    {
        // Without what is in the files.
        var files = (await db.Set<MessageAttachment>()
            .Where(file => ids.Contains(file.MessageId))
            .OrderBy(file => file.Position)
            .Select(file => new { file.MessageId, Answer = new AttachmentAnswer(file.FileName, file.Size, file.Hash) })
            .ToListAsync(cancellationToken))
            .ToLookup(file => file.MessageId, file => file.Answer);
        var messages = db.Messages.AsNoTracking().Where(message => ids.Contains(message.Id));
        if (withParams)
        {
            return await messages.ToDictionaryAsync(message => message.Id, message => MessageAnswer.Of(message, [.. files[message.Id]]), cancellationToken);
        }

        return await WithoutParams(messages)
            .ToDictionaryAsync(answer => answer.Id, answer => answer with { AttachmentsMetadata = files.Contains(answer.Id) ? [.. files[answer.Id]] : null }, cancellationToken);
    }

    /// <summary>Without reading a body.</summary>
    internal static IQueryable<MessageAnswer> WithoutParams(IQueryable<Message> messages) => messages.Select(message => new MessageAnswer(
        message.Id,
        message.From,
        message.Recipient,
        null,
        null,
        MessageAnswer.InWords(message.Status),
        message.ErrorCode,
        EnhancedStatus.In(message.ErrorReason),
        message.CreatedAt,
        message.UpdatedAt,
        message.CreatedAt,
        message.SentAt,
        null,
        null));
}
