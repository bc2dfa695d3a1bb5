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
            "?status=bounced&tag=receipts%20%26%20more&key=0198a1b2-0000-7000-8000-000000000001&from=2026-01-05&to=2026-02-28&search=Raj%2B1@",
            search.ToQuery());
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
        Assert.Equal("c a", await FindAsync(new() { Text = "RAJ" }));
        Assert.Equal("b a", await FindAsync(new() { Text = "@example." }));
        Assert.Equal("b", await FindAsync(new() { Text = "0%" }));
        Assert.Equal("b", await FindAsync(new() { Text = "_" }));
        Assert.Equal("b a", await FindAsync(new() { Key = one }));
        Assert.Equal("b", await FindAsync(new() { Key = one, Status = MessageStatus.Sent }));
        Assert.Equal("", await FindAsync(new() { Key = Guid.NewGuid() }));
        Assert.Equal("b a", await FindAsync(new() { Tag = "t" }));
        Assert.Equal("c", await FindAsync(new() { Status = MessageStatus.Bounced }));
        Assert.Equal("b", await FindAsync(new() { From = new(2026, 1, 6), To = new(2026, 1, 6) }));
        Assert.Equal("a", await FindAsync(
            new() { Key = one, Tag = "t", Text = "raj", Status = MessageStatus.Accepted, From = new(2026, 1, 5), To = new(2026, 1, 5) }));
        Assert.Equal("", await FindAsync(new() { From = new(2026, 1, 7), To = new(2026, 1, 6) }));

        async Task<string> FindAsync(MessageSearch search) => string.Join(
            ' ', (await keys.Get<MessageLists>().ListAsync(account.Id, search.ToFilter(keys.Zone), MessagePlace.First, 50, CancellationToken.None))
                .Messages.Select(message => message.Subject));
    }

    [Theory]
    [InlineData("permit ÉCOLE", true)]
    [InlineData("l", true)]
    [InlineData("“PERMIT”", false)]
    [InlineData("\"Permit\" École", false)]
    [InlineData("许可证", true)]
    [InlineData("可", true)]
    [InlineData("разрешение", true)]
    [InlineData("100%", true)]
    [InlineData("P_rmit", false)]
    [InlineData("permit*", false)]
    public async Task A_part_of_a_subject_is_found_in_any_case_and_script_and_stands_for_itself(string text, bool isFound)
    {
        var account = await keys.AddAccountAsync();
        var key = (await keys.IssueAsync(account)).Id;
        await using var db = keys.Database.CreateDbContext();
        await db.AddMessageAsync(TestMessages.Create(account.Id, key, TestClock.Start, subject: "Your Permit école 许可证 РАЗРЕШЕНИЕ at 100%"));

        Assert.Equal(isFound ? 1 : 0, (await ListAsync(account.Id, new MessageFilter { Text = text }, MessagePlace.First)).Messages.Count);
    }

    [Fact]
    public async Task A_search_ends_after_so_many_messages_says_so_and_goes_on_from_there()
    {
        var account = await keys.AddAccountAsync();
        var key = (await keys.IssueAsync(account)).Id;
        await using var db = keys.Database.CreateDbContext();
        await db.AddMessageAsync(TestMessages.Create(account.Id, key, TestClock.Start, subject: "The first"));
        await db.AddManyMessagesAsync(TestMessages.Create(account.Id, key, TestClock.Start.AddHours(1)), MessageScan.MostRead + 1);
        var filter = new MessageFilter { Text = "THE FIRST" };

        var newest = await ListAsync(account.Id, filter, MessagePlace.First);
        var older = await ListAsync(account.Id, filter, MessagePlace.First.OlderThan(newest.Older!));
        var all = await keys.Get<MessageLists>().StreamAsync(account.Id, filter, CancellationToken.None).ToListAsync();

        Assert.Empty(newest.Messages);
        Assert.Equal(TestClock.Start.AddHours(1).AddTicks(1), newest.SearchedTo);
        Assert.Null(newest.Totals);
        Assert.Equal("The first", Assert.Single(older.Messages).Subject);
        Assert.Equal((null, null), (older.SearchedTo, older.Older));
        Assert.Equal("The first", Assert.Single(all).Subject);
    }

    [Fact]
    public async Task Pages_lead_to_older_ones_and_back_to_the_same_newer_ones()
    {
        var account = await keys.AddAccountAsync();
        var key = (await keys.IssueAsync(account)).Id;
        await using var db = keys.Database.CreateDbContext();
        foreach (var number in Enumerable.Range(1, 7))
        {
            // Two of each instant.
            await db.AddMessageAsync(TestMessages.Create(account.Id, key, TestClock.Start.AddMinutes(number / 2), subject: $"No. {number}"));
        }

        foreach (var text in (string?[])[null, "no."])
        {
            var filter = new MessageFilter { Text = text };
            List<MessagePlace> places = [MessagePlace.First];
            List<MessagePage> pages = [await ListAsync(account.Id, filter, MessagePlace.First, count: 2)];
            while (pages[^1].Older is { } older)
            {
                places.Add(places[^1].OlderThan(older));
                pages.Add(await ListAsync(account.Id, filter, places[^1], count: 2));
            }

            Assert.Equal([1, 2, 3, 4], places.Select(place => place.Number));
            Assert.Equal(7, pages.SelectMany(page => page.Messages).Select(message => message.Id).Distinct().Count());
            var back = await ListAsync(account.Id, filter, places[3].NewerThan(pages[3].Newer!), count: 2);
            Assert.Equal(pages[2].Messages.Select(message => message.Id), back.Messages.Select(message => message.Id));
            Assert.Equal(MessagePlace.First, places[1].NewerThan(pages[1].Newer!));
            Assert.Null(pages[0].Newer);
        }
    }

    [Fact]
    public async Task Where_there_is_nothing_newer_any_more_the_first_page_is_shown()
    {
        var account = await keys.AddAccountAsync();
        var key = (await keys.IssueAsync(account)).Id;
        await using var db = keys.Database.CreateDbContext();
        await db.AddMessageAsync(TestMessages.Create(account.Id, key, TestClock.Start, subject: "The only one"));
        var only = (await ListAsync(account.Id, new MessageFilter(), MessagePlace.First, count: 2)).Messages.Single();
        var place = new MessagePlace(2, new MessagePosition { At = only.CreatedAt, Id = only.Id }, IsUpward: true);

        var page = await ListAsync(account.Id, new MessageFilter(), place, count: 2);

        Assert.Equal(only.Id, Assert.Single(page.Messages).Id);
        Assert.Null(page.Older);
    }

    [Fact]
    public async Task Totals_are_of_all_pages_and_end_at_ten_thousand()
    {
        var account = await keys.AddAccountAsync();
        var key = (await keys.IssueAsync(account)).Id;
        await using var db = keys.Database.CreateDbContext();
        Assert.Equal("0 messages", await TotalsAsync());
        await db.AddMessageAsync(TestMessages.Create(account.Id, key, TestClock.Start), MessageStatus.Bounced);
        Assert.Equal("1 message, 1 bounced", await TotalsAsync());
        Assert.Equal("1 message", await TotalsAsync(MessageStatus.Bounced));
        await db.AddManyMessagesAsync(TestMessages.Create(account.Id, key, TestClock.Start.AddDays(1)), MessageTotals.Most - 1);
        Assert.Equal("10,000 messages, 1 bounced", await TotalsAsync());
        await db.AddMessageAsync(TestMessages.Create(account.Id, key, TestClock.Start), MessageStatus.Sent);
        Assert.Equal("More than 10,000 messages, 1 bounced", await TotalsAsync());
        await db.AddMessageAsync(TestMessages.Create(account.Id, key, TestClock.Start.AddDays(2), "li@example.org"), MessageStatus.Bounced);
        Assert.Equal("1 message, 1 bounced", (await ListAsync(account.Id, new MessageFilter { Text = "li@" }, MessagePlace.First, 50)).Totals?.InWords());

        async Task<string> TotalsAsync(MessageStatus? status = null) => (await ListAsync(
            account.Id, new MessageSearch { Status = status }.ToFilter(keys.Zone), MessagePlace.First)).Totals!.InWords();
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("2", null, null)]
    [InlineData("1", "639032256000000000-0198a1b2000070008000000000000001", null)]
    [InlineData("2", "9999999999999999999-0198a1b2000070008000000000000001", "7")]
    [InlineData("2", "639032256000000000-7", "-")]
    public void A_page_that_cant_be_read_in_an_address_is_the_first(string? page, string? before, string? after) =>
        Assert.Equal(MessagePlace.First, MessagePlace.Read(page, before, after));

    [Fact]
    public void A_page_comes_back_from_its_address()
    {
        var position = new MessagePosition { At = TestClock.Start, Id = Guid.NewGuid() };
        foreach (var place in (MessagePlace[])[new(2, position, false), new(7, position, true)])
        {
            var values = place.ToQuery().ToDictionary(one => one.Name, one => one.Value);

            Assert.Equal(place, MessagePlace.Read(values["page"], values.GetValueOrDefault("before"), values.GetValueOrDefault("after")));
        }
    }

    private Task<MessagePage> ListAsync(Guid accountId, MessageFilter filter, MessagePlace place, int count = 50) =>
        keys.Get<MessageLists>().ListAsync(accountId, filter, place, count, CancellationToken.None);
}
