using System.Linq.Expressions;
using PostmanDashboard.Data;

namespace PostmanDashboard.Messages.Lists;

/// <summary>Finds messages in the order of an index, without a sort and without their rows.</summary>
/// <remarks>
/// SQLite picks the index by what a query compares, so queries are put together in few shapes, one for each index. A test shows the
/// plan of every one. With several statuses, each is read in order and the next one in line is taken: SQLite merges the parts of a UNION ALL.
/// Two kinds of list pass over entries of the index that they leave out, at about three million a second: those by last update of messages
/// created before an instant, and those by part of a recipient.
/// </remarks>
internal static class MessageQueries
{
    /// <summary>A message is updated after it was made; a clock that was set back meanwhile is forgiven this much.</summary>
    private static readonly TimeSpan ClockIsSetBack = TimeSpan.FromHours(1);

    /// <returns>Take both parts of each: SQLite merges in order only what it also answers, and sorts everything otherwise.</returns>
    public static IQueryable<MessagePosition> Find(DashboardDbContext db, Guid accountId, MessageFilter filter, MessageOrder order)
    {
        // A key alone has an index of its own, in which its messages of all statuses are in order.
        var parts = IsOneKeyOnly(filter, order)
            ? [OfKey(db, accountId, filter.ApiKeyId!.Value)]
            : filter.Statuses.Distinct().Order().Select(status => OfStatus(db, accountId, status, filter)).ToList();
        if (parts.Count == 0)
        {
            return db.Messages.Where(_ => false).Select(PositionIn(order));
        }

        var found = parts
            .Select(part => Between(part, filter, order).Select(PositionIn(order)))
            .Aggregate(Queryable.Concat);
        return order is MessageOrder.NewestFirst or MessageOrder.LastUpdatedFirst
            ? found.OrderByDescending(position => position.At).ThenByDescending(position => position.Id)
            : found.OrderBy(position => position.At).ThenBy(position => position.Id);
    }

    private static bool IsOneKeyOnly(MessageFilter filter, MessageOrder order) =>
        filter is { ApiKeyId: not null, Tag: null, Recipient: null }
        && order is MessageOrder.NewestFirst or MessageOrder.OldestFirst
        && Enum.GetValues<MessageStatus>().All(filter.Statuses.Contains);

    private static IQueryable<Message> OfKey(DashboardDbContext db, Guid accountId, Guid apiKeyId) =>
        db.Messages.Where(message => message.ApiKeyId == apiKeyId && message.AccountId == accountId);

    private static IQueryable<Message> OfStatus(DashboardDbContext db, Guid accountId, MessageStatus status, MessageFilter filter)
    {
        var messages = db.Messages.Where(message => message.AccountId == accountId && message.Status == status);
        if (filter.Tag is { } tag)
        {
            messages = messages.Where(message => message.Tag == tag);
        }

        if (filter.ApiKeyId is { } apiKeyId)
        {
            messages = messages.Where(message => message.ApiKeyId == apiKeyId);
        }

        if (filter.Recipient is { } recipient)
        {
            var part = recipient.ToUpperInvariant();
            messages = messages.Where(message => message.NormalizedRecipient.Contains(part));
        }

        return messages;
    }

    private static IQueryable<Message> Between(IQueryable<Message> messages, MessageFilter filter, MessageOrder order)
    {
        if (filter.CreatedFrom is { } from)
        {
            messages = messages.Where(message => message.CreatedAt >= from);
            if (order is MessageOrder.LastUpdatedFirst or MessageOrder.FirstUpdatedFirst && from - DateTimeOffset.MinValue > ClockIsSetBack)
            {
                // Follows from the other one, and spares the index's older part.
                var updatedFrom = from - ClockIsSetBack;
                messages = messages.Where(message => message.UpdatedAt >= updatedFrom);
            }
        }

        return filter.CreatedUntil is { } until ? messages.Where(message => message.CreatedAt < until) : messages;
    }

    private static Expression<Func<Message, MessagePosition>> PositionIn(MessageOrder order) =>
        order is MessageOrder.NewestFirst or MessageOrder.OldestFirst
            ? message => new MessagePosition { At = message.CreatedAt, Id = message.Id }
            : message => new MessagePosition { At = message.UpdatedAt, Id = message.Id };
}
