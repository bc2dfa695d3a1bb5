using NodaTime;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.Listing;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Listing;

public sealed class MessageSearchTests : IDisposable
{
    private readonly TestKeys keys = new();

    public void Dispose() => keys.Dispose();

    [Fact]
    public void A_search_comes_back_from_its_address()
    {
        var search = MessageSearch.Read("bounced", " receipts & more ", "0198a1b2-0000-7000-8000-000000000001", "2026-01-05", "2026-02-28", "Raj+1@");

        Assert.Equal(
            "?status=bounced&tag=receipts%20%26%20more&key=0198a1b2-0000-7000-8000-000000000001&from=2026-01-05&to=2026-02-28&recipient=Raj%2B1@&page=3",
            search.ToQuery(page: 3));
        Assert.True(search.IsFiltered);
        Assert.Equal("", new MessageSearch().ToQuery());
    }

    [Fact]
    public void What_cant_be_read_in_an_address_is_passed_over()
    {
        var search = MessageSearch.Read("lost", " ", "7", "0001-01-01", "2026-02-30", new string('x', 300));

        Assert.Equal(new MessageSearch(), search);
        Assert.False(search.IsFiltered);
    }

    [Theory]
    [InlineData("Asia/Singapore", "2026-01-04T16:00Z", "2026-01-05T16:00Z")]
    [InlineData("America/New_York", "2026-01-05T05:00Z", "2026-01-06T05:00Z")]
    public void Days_are_whole_days_of_the_agency(string zone, string from, string until)
    {
        var day = new DateOnly(2026, 1, 5);

        var filter = new MessageSearch { From = day, To = day }.ToFilter(DateTimeZoneProviders.Tzdb[zone]);

        Assert.Equal(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture), filter.CreatedFrom);
        Assert.Equal(DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), filter.CreatedUntil);
    }

    [Fact]
    public async Task Messages_are_found_by_every_filter_and_all_of_them_together()
    {
        var account = await keys.AddAccountAsync();
        var (one, two) = ((await keys.IssueAsync(account, "One")).Id, (await keys.IssueAsync(account, "Two")).Id);
        await using var db = keys.Database.CreateDbContext();
        await db.AddMessageAsync(TestMessages.Create(account.Id, one, TestClock.Start, "raj@example.org", "a", tag: "t"));
        await db.AddMessageAsync(TestMessages.Create(account.Id, one, TestClock.Start.AddDays(1), "li_100%@example.org", "b", tag: "t"), MessageStatus.Sent);
        await db.AddMessageAsync(TestMessages.Create(account.Id, two, TestClock.Start.AddDays(2), "raj@other.example", "c"), MessageStatus.Bounced);

        Assert.Equal("c b a", await FindAsync(new()));
        Assert.Equal("c a", await FindAsync(new() { Recipient = "RAJ" }));
        Assert.Equal("b a", await FindAsync(new() { Recipient = "@example." }));
        Assert.Equal("b", await FindAsync(new() { Recipient = "0%" }));
        Assert.Equal("b", await FindAsync(new() { Recipient = "_" }));
        Assert.Equal("b a", await FindAsync(new() { Key = one }));
        Assert.Equal("b", await FindAsync(new() { Key = one, Status = MessageStatus.Sent }));
        Assert.Equal("", await FindAsync(new() { Key = Guid.NewGuid() }));
        Assert.Equal("b a", await FindAsync(new() { Tag = "t" }));
        Assert.Equal("c", await FindAsync(new() { Status = MessageStatus.Bounced }));
        Assert.Equal("b", await FindAsync(new() { From = new(2026, 1, 6), To = new(2026, 1, 6) }));
        Assert.Equal("a", await FindAsync(
            new() { Key = one, Tag = "t", Recipient = "raj", Status = MessageStatus.Accepted, From = new(2026, 1, 5), To = new(2026, 1, 5) }));
        Assert.Equal("", await FindAsync(new() { From = new(2026, 1, 7), To = new(2026, 1, 6) }));

        async Task<string> FindAsync(MessageSearch search) => string.Join(
            ' ', (await keys.Get<MessageLists>().ListAsync(account.Id, search.ToFilter(keys.Zone), 0, 50, CancellationToken.None))
                .Messages.Select(message => message.Subject));
    }
}
