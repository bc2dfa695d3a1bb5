using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.History;

public sealed class KeyHistoryTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private KeyHistory history = null!;
    private Account account = null!;

    public override async Task InitializeAsync()
    {
        history = keys.Get<KeyHistory>();
        account = await keys.AddAccountAsync();
    }

    [Fact]
    public async Task A_deleted_key_is_remembered_with_who_deleted_it_when_from_where_and_its_last_use()
    {
        var key = await keys.IssueAsync(account);
        await keys.Database.NoteUseAsync(key.Id, TestClock.Start.AddHours(1));
        keys.Clock.Advance(TimeSpan.FromDays(2));
        await keys.DeleteAsync(account, key.Id);

        var past = Assert.Single((await ListAsync()).Keys);

        Assert.Equal(
            new PastKey(
                key.Id,
                "Grant system",
                key.Token.Hint,
                TestClock.Start,
                ApiKey.LatestExpiry(TestClock.Start, keys.Zone),
                TestClock.Start.AddDays(2),
                "mei@agency.gov.sg",
                "192.0.2.1",
                TestClock.Start.AddHours(1),
                "192.0.2.9",
                CallsSince: 0),
            past);
    }

    [Fact]
    public async Task A_key_is_history_once_it_is_deleted_and_stands_among_the_others_until_then_expired_or_not()
    {
        var key = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal((0, 1), ((await ListAsync()).Total, (await keys.ListAsync(account)).Count));

        await keys.DeleteAsync(account, key.Id);

        Assert.Equal(key.Id, Assert.Single((await ListAsync()).Keys).Id);
        Assert.Empty(await keys.ListAsync(account));
    }

    [Fact]
    public async Task Calls_since_its_end_are_counted_and_those_before_are_not()
    {
        var key = await keys.IssueAsync(account);
        var day = new DateOnly(2026, 1, 5);
        await keys.Database.AddCallsAsync(key.Id, day, KeyCallOutcome.Accepted, 1000);
        await keys.Database.AddCallsAsync(key.Id, day, KeyCallOutcome.AccountDisabled, 100);
        await keys.Database.AddCallsAsync(key.Id, day, KeyCallOutcome.Expired, 2);
        await keys.Database.AddCallsAsync(key.Id, day, KeyCallOutcome.Deleted, 10);
        await keys.Database.AddCallsAsync(key.Id, day.AddDays(1), KeyCallOutcome.Deleted, 5);
        await keys.DeleteAsync(account, key.Id);

        Assert.Equal(17, Assert.Single((await ListAsync()).Keys).CallsSince);
    }

    [Fact]
    public async Task The_last_deleted_comes_first_whenever_it_expired()
    {
        var expired = await keys.IssueAsync(account, "expired", ApiKeyLifetime.Days60);
        var early = await keys.IssueAsync(account, "deleted early");
        var late = await keys.IssueAsync(account, "deleted late");
        keys.Clock.Advance(TimeSpan.FromDays(10));
        await keys.DeleteAsync(account, early.Id);
        keys.Clock.Advance(TimeSpan.FromDays(80));
        await keys.DeleteAsync(account, late.Id);
        keys.Clock.Advance(TimeSpan.FromDays(1));
        await keys.DeleteAsync(account, expired.Id);

        Assert.Equal(["expired", "deleted late", "deleted early"], (await ListAsync()).Keys.Select(key => key.Label));
    }

    [Fact]
    public async Task Twenty_are_on_a_page_and_none_is_lost_between_pages()
    {
        for (var number = 0; number < 45; number++)
        {
            // All at one instant: their order must be one all the same.
            await keys.DeleteAsync(account, (await keys.IssueAsync(account, $"System {number}")).Id);
        }

        var pages = new[] { await ListAsync(0), await ListAsync(1), await ListAsync(2), await ListAsync(3) };

        Assert.Equal([20, 20, 5, 0], pages.Select(page => page.Keys.Count));
        Assert.All(pages, page => Assert.Equal(45, page.Total));
        Assert.Equal(45, pages.SelectMany(page => page.Keys).Select(key => key.Id).Distinct().Count());
    }

    [Fact]
    public async Task Another_account_s_history_is_not_shown()
    {
        var stranger = await keys.AddAccountAsync("li@agency.gov.sg");
        await keys.DeleteAsync(stranger, (await keys.IssueAsync(stranger)).Id);

        var page = await ListAsync();

        Assert.Empty(page.Keys);
        Assert.Equal(0, page.Total);
    }

    public void Dispose() => keys.Dispose();

    private Task<HistoryPage> ListAsync(int page = 0) => history.ListAsync(account.Id, page, CancellationToken.None);
}
