using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.Listing;
using PostmanDashboard.Messages.Listing.Api;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Listing;

public sealed class MessageQueriesTests : IDisposable
{
    private static readonly MessageStatus[][] Statuses =
        [Enum.GetValues<MessageStatus>(), [MessageStatus.Sent], [MessageStatus.Accepted, MessageStatus.Bounced]];
    private static readonly DateTimeOffset?[] Bounds = [null, TestClock.Start];

    // To the tick at the limits of each kind, and a clock that was set back.
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.Zero, TimeSpan.FromDays(3), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(1), TimeSpan.FromHours(2), TimeSpan.FromHours(2) + TimeSpan.FromTicks(1), TimeSpan.FromDays(1),
        TimeSpan.FromDays(1) + TimeSpan.FromTicks(1), TimeSpan.FromMinutes(-5), TimeSpan.FromSeconds(1),
    ];

    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    public static TheoryData<MessageOrder> Orders => new(Enum.GetValues<MessageOrder>());

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Every_filter_that_programs_have_is_answered_in_order_from_an_index(MessageOrder order)
    {
        await using var db = database.CreateDbContext();

        foreach (var filter in Filters(tags: [null, "receipts"], keys: [null], texts: [null]))
        {
            var plan = await PlanAsync(db, filter, order);
            AssertWithoutSortOrScan(plan, filter);
            // SQLite calls no index covering that has something computed in it, though it reads nothing else.
            var index = IsByUpdate(order) ? "INDEX IX_Messages_" : "COVERING INDEX IX_Messages_";
            Assert.All(Searches(plan), step => Assert.Contains(index, step, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task What_some_keys_sent_is_in_order_from_an_index(MessageOrder order)
    {
        await using var db = database.CreateDbContext();

        foreach (var filter in Filters(tags: [null, "receipts"], keys: [null], texts: [null]))
        {
            var plan = await PlanAsync(db, filter with { SentWith = [Guid.NewGuid(), Guid.NewGuid()] }, order);
            AssertWithoutSortOrScan(plan, filter);
        }
    }

    [Theory]
    [InlineData(MessageOrder.LastUpdatedFirst)]
    [InlineData(MessageOrder.FirstUpdatedFirst)]
    public async Task A_list_by_update_of_what_was_made_before_an_instant_enters_the_index_near_that_instant(MessageOrder order)
    {
        await using var db = database.CreateDbContext();

        foreach (var tag in (string?[])[null, "receipts"])
        {
            var searches = Searches(await PlanAsync(db, new MessageFilter { Tag = tag, CreatedUntil = TestClock.Start }, order)).ToList();

            Assert.Equal(3 * Enum.GetValues<MessageDelay>().Length, searches.Count);
            Assert.All(searches, step => Assert.Contains("Status=? AND Delay=? AND UpdatedAt<?", step, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Lists_by_update_are_right_whatever_the_delay()
    {
        using var keys = new TestKeys();
        var account = await keys.AddAccountAsync();
        var key = await keys.IssueAsync(account);
        await using var db = keys.Database.CreateDbContext();
        var messages = new List<Message>();
        foreach (var (number, delay) in Delays.Index())
        {
            // Each made ten minutes after the one before, and updated in another order.
            var madeAt = TestClock.Start.AddMinutes(10 * number);
            var message = TestMessages.Create(account.Id, key.Id, madeAt, updatedAt: madeAt + delay, tag: number % 2 == 0 ? "receipts" : null);
            messages.Add(await db.AddMessageAsync(message, (MessageStatus)(number % 3)));
        }

        foreach (var filter in
            from tag in (string?[])[null, "receipts"]
            from lower in messages.Select(message => (DateTimeOffset?)message.CreatedAt).Append(null)
            from upper in messages.Select(message => (DateTimeOffset?)message.CreatedAt).Append(null).Append(DateTimeOffset.MaxValue)
            select new MessageFilter { Tag = tag, CreatedFrom = lower, CreatedUntil = upper })
        {
            var expected = messages
                .Where(message => (filter.Tag is null || message.Tag == filter.Tag)
                    && (filter.CreatedFrom is null || message.CreatedAt >= filter.CreatedFrom)
                    && (filter.CreatedUntil is null || message.CreatedAt < filter.CreatedUntil))
                .OrderBy(message => message.UpdatedAt).ThenBy(message => message.Id)
                .Select(message => message.Id).ToList();

            Assert.Equal(expected, await IdsAsync(db, account.Id, filter, MessageOrder.FirstUpdatedFirst));
            Assert.Equal(Enumerable.Reverse(expected), await IdsAsync(db, account.Id, filter, MessageOrder.LastUpdatedFirst));
        }
    }

    [Fact]
    public async Task Every_filter_of_the_page_is_answered_in_order_from_an_index()
    {
        await using var db = database.CreateDbContext();

        foreach (var filter in Filters(tags: [null, "receipts"], keys: [null, Guid.NewGuid()], texts: [null, "raj"]))
        {
            var plan = await PlanAsync(db, filter, MessageOrder.NewestFirst);
            AssertWithoutSortOrScan(plan, filter);
            if (filter is { Tag: null, Text: null })
            {
                Assert.All(Searches(plan), step => Assert.Contains("COVERING INDEX IX_Messages_", step, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task A_tag_and_a_key_each_have_an_index_of_their_own()
    {
        await using var db = database.CreateDbContext();

        Assert.Contains("IX_Messages_TagCreated", await PlanAsync(db, new MessageFilter { Tag = "receipts" }, MessageOrder.NewestFirst),
            StringComparison.Ordinal);
        Assert.Contains("IX_Messages_TagUpdated", await PlanAsync(db, new MessageFilter { Tag = "receipts" }, MessageOrder.LastUpdatedFirst),
            StringComparison.Ordinal);
        Assert.Contains("IX_Messages_ApiKey", await PlanAsync(db, new MessageFilter { ApiKeyId = Guid.NewGuid() }, MessageOrder.NewestFirst),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_stand_last_in_their_rows_and_lists_dont_ask_for_them()
    {
        await using var db = database.CreateDbContext();

        var columns = await db.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info('Messages') ORDER BY cid").ToListAsync();
        var without = MessageResponses.WithoutBodies(db.Messages).ToQueryString();

        Assert.Equal(["Body", "Pictures", "Text"], columns.TakeLast(3));
        Assert.DoesNotContain("Body", without, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Text\"", without, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_one_instant_are_in_the_order_of_their_ids()
    {
        using var keys = new TestKeys();
        var account = await keys.AddAccountAsync();
        var key = await keys.IssueAsync(account);
        await using var db = keys.Database.CreateDbContext();
        var made = new List<Guid>();
        foreach (var status in (MessageStatus[])[MessageStatus.Sent, MessageStatus.Accepted, MessageStatus.Bounced, MessageStatus.Sent])
        {
            made.Add((await db.AddMessageAsync(TestMessages.Create(account.Id, key.Id, TestClock.Start), status)).Id);
        }

        var found = await MessageQueries.Find(db, account.Id, new MessageFilter(), MessageOrder.OldestFirst).Select(position => position.Id).ToListAsync();
        var back = await MessageQueries.Find(db, account.Id, new MessageFilter(), MessageOrder.NewestFirst).Select(position => position.Id).ToListAsync();

        Assert.Equal(made.Order(), found);
        Assert.Equal(Enumerable.Reverse(found), back);
    }

    [Theory]
    [InlineData(MessageOrder.NewestFirst, "<")]
    [InlineData(MessageOrder.OldestFirst, ">")]
    public async Task A_page_far_down_is_entered_where_it_begins(MessageOrder order, string comparison)
    {
        await using var db = database.CreateDbContext();
        var position = new MessagePosition { At = TestClock.Start, Id = Guid.NewGuid() };

        foreach (var filter in Filters(tags: [null, "receipts"], keys: [null, Guid.NewGuid()], texts: [null, "raj"]))
        {
            var list = MessageQueries.After(MessageQueries.Find(db, Guid.NewGuid(), filter, order), position, order);
            var plan = await QueryPlan.OfAsync(db, list.Take(51));
            AssertWithoutSortOrScan(plan, filter);
            Assert.All(Searches(plan), step => Assert.Contains($"CreatedAt{comparison}?", step, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<MessageFilter> Filters(string?[] tags, Guid?[] keys, string?[] texts) =>
        from statuses in Statuses
        from tag in tags
        from key in keys
        from text in texts
        from lower in Bounds
        from upper in Bounds
        select new MessageFilter
        {
            Statuses = statuses,
            Tag = tag,
            ApiKeyId = key,
            Text = text,
            CreatedFrom = lower,
            CreatedUntil = upper?.AddDays(1)
        };

    private static bool IsByUpdate(MessageOrder order) => order is MessageOrder.LastUpdatedFirst or MessageOrder.FirstUpdatedFirst;

    private static Task<List<Guid>> IdsAsync(DashboardDbContext db, Guid accountId, MessageFilter filter, MessageOrder order) =>
        MessageQueries.Find(db, accountId, filter, order).Select(position => position.Id).ToListAsync();

    private static Task<string> PlanAsync(DashboardDbContext db, MessageFilter filter, MessageOrder order) =>
        QueryPlan.OfAsync(db, MessageQueries.Find(db, Guid.NewGuid(), filter, order).Skip(20).Take(11));

    private static void AssertWithoutSortOrScan(string plan, MessageFilter filter)
    {
        Assert.False(plan.Contains("TEMP B-TREE", StringComparison.Ordinal) || plan.Contains("SCAN Messages", StringComparison.Ordinal)
            || plan.Contains("SCAN m", StringComparison.Ordinal), $"{filter}\n{plan}");
        Assert.NotEmpty(Searches(plan));
    }

    private static IEnumerable<string> Searches(string plan) => plan.Split('\n').Where(step => step.StartsWith("SEARCH", StringComparison.Ordinal));
}
