using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Messages.Listing;

/// <summary>Finds messages in the order of an index, without a sort and without their rows.</summary>
/// <remarks>
/// SQLite picks the index by what a query compares, so queries are put together in few shapes, one for each index. A test shows the
/// plan of every one. With several statuses, each is read in order and the next one in line is taken: SQLite merges the parts of a UNION ALL.
/// So it is with the delays of <see cref="MessageDelay"/> in lists by update. Where a text is looked for, what it is compared with comes along.
/// </remarks>
internal static class MessageQueries
{
    /// <summary>A message is updated after it was made; a clock that was set back meanwhile is forgiven this much.</summary>
    private static readonly TimeSpan ClockIsSetBack = TimeSpan.FromHours(1);

    /// <returns>Take both parts of each: SQLite merges in order only what it also answers, and sorts everything otherwise.</returns>
    public static IQueryable<MessagePosition> Find(DashboardDbContext db, Guid accountId, MessageFilter filter, MessageOrder order)
    {
        var parts = PartsOf(db, accountId, filter, order).ToList();
        if (parts.Count == 0)
        {
            parts.Add(db.Messages.Where(_ => false));
        }

        var found = parts.Select(part => part.Select(filter.Text is null ? PositionIn(order) : TextIn(order))).Aggregate(Queryable.Concat);
        return order is MessageOrder.NewestFirst or MessageOrder.LastUpdatedFirst
            ? found.OrderByDescending(position => position.At).ThenByDescending(position => position.Id)
            : found.OrderBy(position => position.At).ThenBy(position => position.Id);
    }

    /// <param name="position">Null for the whole list.</param>
    /// <param name="order"><see cref="MessageOrder.NewestFirst"/> or <see cref="MessageOrder.OldestFirst"/>.</param>
    /// <returns>What comes after it in a list by creation, from an index's middle.</returns>
    public static IQueryable<MessagePosition> After(IQueryable<MessagePosition> found, MessagePosition? position, MessageOrder order)
    {
        if (position is null)
        {
            return found;
        }

        return order switch
        {
            MessageOrder.NewestFirst => found.Where(one => one.At <= position.At && (one.At < position.At || one.Id < position.Id)),
            MessageOrder.OldestFirst => found.Where(one => one.At >= position.At && (one.At > position.At || one.Id > position.Id)),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, null),
        };
    }

    /// <returns>How many there are, whatever text is looked for: at most one more than <paramref name="most"/>.</returns>
    public static async Task<int> CountAsync(DashboardDbContext db, Guid accountId, MessageFilter filter, int most, CancellationToken cancellationToken)
    {
        var counted = 0;
        foreach (var part in PartsOf(db, accountId, filter, MessageOrder.NewestFirst))
        {
            var first = part.OrderByDescending(message => message.CreatedAt).ThenByDescending(message => message.Id).Take(most + 1 - counted);
            counted += await first.CountAsync(cancellationToken);
        }

        return counted;
    }

    /// <summary>Each of them is in order in an index.</summary>
    private static IEnumerable<IQueryable<Message>> PartsOf(DashboardDbContext db, Guid accountId, MessageFilter filter, MessageOrder order)
    {
        // A key alone has an index of its own, in which its messages of all statuses are in order.
        if (IsOnlyByKeys(filter, order))
        {
            return KeysOf(filter)!.Select(key => Created(OfKey(db, accountId, key), filter));
        }

        var ofStatuses = filter.Statuses.Distinct().Order().Select(status => Created(OfStatus(db, accountId, status, filter), filter));
        return IsByUpdate(order)
            ? ofStatuses.SelectMany(messages => Enum.GetValues<MessageDelay>().Select(delay => Updated(messages, delay, filter)))
            : ofStatuses;
    }

    private static bool IsByUpdate(MessageOrder order) => order is MessageOrder.LastUpdatedFirst or MessageOrder.FirstUpdatedFirst;

    /// <returns>Null where all keys are meant.</returns>
    private static IReadOnlyCollection<Guid>? KeysOf(MessageFilter filter) => filter.ApiKeyId is { } key ? [key] : filter.SentWith;

    private static bool IsOnlyByKeys(MessageFilter filter, MessageOrder order) =>
        KeysOf(filter) is not null
        && filter is { Tag: null }
        && !IsByUpdate(order)
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

        if (KeysOf(filter) is { } keys)
        {
            messages = messages.Where(message => keys.Contains(message.ApiKeyId));
        }

        return messages;
    }

    private static IQueryable<Message> Created(IQueryable<Message> messages, MessageFilter filter)
    {
        if (filter.CreatedFrom is { } from)
        {
            messages = messages.Where(message => message.CreatedAt >= from);
        }

        return filter.CreatedUntil is { } until ? messages.Where(message => message.CreatedAt < until) : messages;
    }

    /// <summary>Those of a delay. What bounds say of creation says something of updates too, and spares most of the index.</summary>
    private static IQueryable<Message> Updated(IQueryable<Message> messages, MessageDelay delay, MessageFilter filter)
    {
        messages = messages.Where(message => EF.Property<MessageDelay>(message, MessageDelays.Column) == delay);
        if (filter.CreatedFrom is { } from)
        {
            var updatedFrom = from - DateTimeOffset.MinValue > ClockIsSetBack ? from - ClockIsSetBack : DateTimeOffset.MinValue;
            messages = messages.Where(message => message.UpdatedAt >= updatedFrom);
        }

        if (filter.CreatedUntil is { } until)
        {
            // The longest delay ends at no time, but without a bound SQLite would take an index in another order.
            var updatedUntil = MessageDelays.Limit(delay) is { } limit && DateTimeOffset.MaxValue - until > limit ? until + limit : DateTimeOffset.MaxValue;
            messages = messages.Where(message => message.UpdatedAt < updatedUntil);
        }

        return messages;
    }

    private static Expression<Func<Message, MessagePosition>> PositionIn(MessageOrder order) =>
        IsByUpdate(order)
            ? message => new MessagePosition { At = message.UpdatedAt, Id = message.Id }
            : message => new MessagePosition { At = message.CreatedAt, Id = message.Id };

    private static Expression<Func<Message, MessagePosition>> TextIn(MessageOrder order) =>
        IsByUpdate(order)
            ? message => new MessagePosition { At = message.UpdatedAt, Id = message.Id, Recipient = message.NormalizedRecipient, Subject = message.Subject }
            : message => new MessagePosition { At = message.CreatedAt, Id = message.Id, Recipient = message.NormalizedRecipient, Subject = message.Subject };
}
