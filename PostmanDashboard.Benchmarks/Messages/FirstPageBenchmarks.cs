using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.Listing;

namespace PostmanDashboard.Benchmarks.Messages;

/// <summary>The first page of each kind of list, among a thousand messages of an account and among a million. The figures of each
/// pair should be alike.</summary>
/// <remarks>Of the messages, 90 % were sent within a minute, 8 % within ten, and the rest took up to three days; 3 % bounced; a third is tagged.</remarks>
[InProcess]
public class FirstPageBenchmarks
{
    private const int PageSize = 10;

    private static readonly DateTimeOffset First = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Span = TimeSpan.FromDays(60);

    // Filled once for all kinds of lists: a million messages take a while.
    private static readonly Dictionary<int, Task<BenchmarkDashboard>> Dashboards = [];

    private BenchmarkDashboard dashboard = null!;

    public enum Kind
    {
        NewestFirst,
        OldestFirst,
        LastUpdatedFirst,
        SentOrBounced,
        Tagged,
        TaggedByUpdate,
        OneDay,
        MadeBeforeByUpdate,
        NoneByUpdate,
        NoneByFirstUpdate,
        OfOneKey,
    }

    [Params(1_000, 1_000_000)]
    public int Messages { get; set; }

    [ParamsAllValues]
    public Kind List { get; set; }

    [GlobalSetup]
    public async Task FillAsync()
    {
        if (!Dashboards.TryGetValue(Messages, out var filled))
        {
            Dashboards[Messages] = filled = FillAsync(Messages);
        }

        dashboard = await filled;
    }

    [Benchmark]
    public async Task<int> FirstPageAsync()
    {
        var (filter, order) = Request();
        await using var db = dashboard.CreateDbContext();
        var page = await MessageQueries.Find(db, dashboard.Key.AccountId, filter, order).Take(PageSize + 1).ToListAsync();
        return page.Count;
    }

    private (MessageFilter Filter, MessageOrder Order) Request() => List switch
    {
        Kind.NewestFirst => (new MessageFilter(), MessageOrder.NewestFirst),
        Kind.OldestFirst => (new MessageFilter(), MessageOrder.OldestFirst),
        Kind.LastUpdatedFirst => (new MessageFilter(), MessageOrder.LastUpdatedFirst),
        Kind.SentOrBounced => (new MessageFilter { Statuses = [MessageStatus.Sent, MessageStatus.Bounced] }, MessageOrder.NewestFirst),
        Kind.Tagged => (new MessageFilter { Tag = "receipts" }, MessageOrder.NewestFirst),
        Kind.TaggedByUpdate => (new MessageFilter { Tag = "receipts", CreatedUntil = First + (Span / 2) }, MessageOrder.LastUpdatedFirst),
        Kind.OneDay => (new MessageFilter { CreatedFrom = First + (Span / 2), CreatedUntil = First + (Span / 2) + TimeSpan.FromDays(1) },
            MessageOrder.NewestFirst),
        Kind.MadeBeforeByUpdate => (new MessageFilter { CreatedUntil = First + (Span / 2) }, MessageOrder.LastUpdatedFirst),
        Kind.NoneByUpdate => (new MessageFilter { CreatedUntil = First }, MessageOrder.LastUpdatedFirst),
        Kind.NoneByFirstUpdate => (new MessageFilter { CreatedFrom = First + Span }, MessageOrder.FirstUpdatedFirst),
        Kind.OfOneKey => (new MessageFilter { ApiKeyId = dashboard.Key.Id }, MessageOrder.NewestFirst),
        _ => throw new InvalidOperationException($"{List} is no list."),
    };

    private static async Task<BenchmarkDashboard> FillAsync(int count)
    {
        var dashboard = await BenchmarkDashboard.StartAsync();
        await using var db = dashboard.CreateDbContext();
        var random = new Random(1);
        for (var number = 0; number < count; number++)
        {
            Add(db, dashboard, First + (Span * ((double)number / count)), random);
            if (number % 10_000 == 9_999)
            {
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
        }

        await db.SaveChangesAsync();
        return dashboard;
    }

    private static void Add(DashboardDbContext db, BenchmarkDashboard dashboard, DateTimeOffset madeAt, Random random)
    {
        var updatedAt = madeAt + (LongestDelay(random.NextDouble()) * random.NextDouble());
        var bounced = random.NextDouble() < 0.03;
        var row = db.Messages.Add(BenchmarkMessages.Create(dashboard.Key, "raj@example.org", madeAt, updatedAt, random.Next(3) == 0 ? "receipts" : null));
        row.Property(message => message.Status).CurrentValue = bounced ? MessageStatus.Bounced : MessageStatus.Sent;
        row.Property(message => message.SentAt).CurrentValue = bounced ? null : updatedAt;
        row.Property(message => message.ErrorCode).CurrentValue = bounced ? "550" : null;
    }

    private static TimeSpan LongestDelay(double share) => share switch
    {
        < 0.9 => TimeSpan.FromMinutes(1),
        < 0.98 => TimeSpan.FromMinutes(10),
        < 0.995 => TimeSpan.FromHours(2),
        < 0.999 => TimeSpan.FromDays(1),
        _ => TimeSpan.FromDays(3),
    };
}
