using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Data;
using PostmanDashboard.Messages.Delivery;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>Reads an account's messages as the API answers them. A message that a key may not see is answered like one that doesn't exist.</summary>
public sealed class MessageResponses(IDbContextFactory<DashboardDbContext> databases)
{
    /// <summary>As many messages are read at a time, without their bodies.</summary>
    private const int BatchSize = 50;

    public async Task<MessageResponse?> FindAsync(VerifiedApiKey key, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await VisibleTo(key, db).AnyAsync(message => message.Id == id, cancellationToken)
            && await ReadAsync(db, [id], cancellationToken) is [var message]
                ? await WithBodyAsync(db, message, cancellationToken)
                : null;
    }

    internal async Task<MessageListResponse> ListAsync(VerifiedApiKey key, MessageListRequest request, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var filter = key.Access is KeyAccess.Full ? request.Filter : request.Filter with { SentWith = await LineOf(key, db).ToListAsync(cancellationToken) };
        var found = await MessageQueries.Find(db, key.AccountId, filter, request.Order)
            .Skip(request.Offset)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        var ids = found.Take(request.Limit).Select(position => position.Id);
        return new MessageListResponse(found.Count > request.Limit, StreamAsync(ids, !request.ExcludeParams, cancellationToken));
    }

    /// <summary>All of the account's, or what the key sent.</summary>
    private static IQueryable<Message> VisibleTo(VerifiedApiKey key, DashboardDbContext db)
    {
        var messages = db.Messages.Where(message => message.AccountId == key.AccountId);
        return key.Access is KeyAccess.Full ? messages : messages.Where(message => LineOf(key, db).Contains(message.ApiKeyId));
    }

    /// <summary>The key, and those whose work it took over.</summary>
    private static IQueryable<Guid> LineOf(VerifiedApiKey key, DashboardDbContext db) =>
        db.ApiKeys.Where(one => one.LineId == key.LineId && one.AccountId == key.AccountId).Select(one => one.Id);

    /// <remarks>A body may be a mebibyte: there is never more than one of them in memory, however slowly the answer is read.
    /// Nothing stays open in the database meanwhile.</remarks>
    private async IAsyncEnumerable<MessageResponse> StreamAsync(
        IEnumerable<Guid> ids, bool withParams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(BatchSize))
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            foreach (var message in await ReadAsync(db, batch, cancellationToken))
            {
                yield return withParams ? await WithBodyAsync(db, message, cancellationToken) : message with { Params = null };
            }
        }
    }

    /// <param name="ids">Of messages that are known to be the caller's: with the account beside them, SQLite would walk over all of its messages.</param>
    private static async Task<IReadOnlyList<MessageResponse>> ReadAsync(DashboardDbContext db, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        // Without what is in the files.
        var files = (await db.Set<MessageAttachment>()
            .Where(file => ids.Contains(file.MessageId))
            .OrderBy(file => file.Position)
            .Select(file => new { file.MessageId, Answer = new AttachmentResponse(file.FileName, file.Size, file.Hash) })
            .ToListAsync(cancellationToken))
            .ToLookup(file => file.MessageId, file => file.Answer);
        var messages = await WithoutBodies(db.Messages.Where(message => ids.Contains(message.Id))).ToDictionaryAsync(message => message.Id, cancellationToken);
        var copied = messages.Values.Where(message => message.Cc.Count + message.Bcc.Count > 0).Select(message => message.Id).ToList();
        var copies = await CopyOutcomes.ReadAsync(db, copied, cancellationToken);
        return
        [
            .. ids.Where(messages.ContainsKey).Select(id => messages[id] with
            {
                AttachmentsMetadata = files.Contains(id) ? [.. files[id]] : null,
                Copies = CopyResponse.Of(messages[id].Cc, messages[id].Bcc, copies.GetValueOrDefault(id, CopyOutcomes.None)),
            }),
        ];
    }

    private static async Task<MessageResponse> WithBodyAsync(DashboardDbContext db, MessageResponse answer, CancellationToken cancellationToken)
    {
        var body = await db.Messages.Where(message => message.Id == answer.Id).Select(message => message.Body).SingleOrDefaultAsync(cancellationToken);
        return answer with { Params = answer.Params! with { Body = body } };
    }

    /// <summary>With all of params but the body.</summary>
    internal static IQueryable<MessageResponse> WithoutBodies(IQueryable<Message> messages) => messages.Select(message => new MessageResponse
    {
        Id = message.Id,
        From = message.From,
        Recipient = message.Recipient,
        Params = new MessageParams(null, message.From, message.Subject, message.ReplyTo),
        AttachmentsMetadata = null,
        Status = MessageResponse.InWords(message.Status),
        ErrorCode = message.ErrorCode,
        ErrorSubType = EnhancedStatus.In(message.ErrorReason),
        CreatedAt = message.CreatedAt,
        UpdatedAt = message.UpdatedAt,
        AcceptedAt = message.CreatedAt,
        SentAt = message.SentAt,
        DeliveredAt = null,
        OpenedAt = null,
        Classification = MessageResponse.InWords(message.Classification),
        Tag = message.Tag,
        Cc = message.Cc,
        Bcc = message.Bcc,
        Copies = Array.Empty<CopyResponse>(),
    });
}
