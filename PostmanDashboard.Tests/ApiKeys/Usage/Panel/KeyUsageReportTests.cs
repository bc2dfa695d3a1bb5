using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Usage.Panel;

/// <summary>What an account reads about the use of its keys, and how long that is kept.</summary>
public sealed class KeyUsageReportTests : AsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Now = TestClock.Start;
    private static readonly DateOnly Today = new(2026, 1, 5);

    private readonly TestUsage tools = new();
    private Account account = null!;
    private Guid key;

    public override async Task InitializeAsync()
    {
        account = await tools.Keys.AddAccountAsync();
        key = (await tools.Keys.IssueAsync(account)).Id;
    }

    public void Dispose() => tools.Dispose();

    [Fact]
    public async Task A_deleted_key_still_shows_its_days_its_callers_and_its_last_use()
    {
        await WriteAsync(
            Call(Now.AddDays(-40), "192.0.2.1"), Call(Now.AddDays(-29), "192.0.2.2"), Call(Now, "192.0.2.3"), Call(Now, "192.0.2.3", KeyCallOutcome.Deleted));
        await tools.Keys.DeleteAsync(account, key);

        var use = await FindAsync(account);

        Assert.NotNull(use);
        Assert.Equal((Now, "192.0.2.3", "curl/8"), (use.LastUsedAt, use.LastUsedFrom, use.LastUsedBy));
        Assert.Equal(KeyUsageReport.Days, use.Days.Count);
        Assert.Equal((Today.AddDays(-29), new CallTotals(1, 0, 0, 0)), (use.Days[0].Day, use.Days[0].Calls));
        Assert.Equal((Today, new CallTotals(1, 0, 1, 0)), (use.Days[^1].Day, use.Days[^1].Calls));
        Assert.All(use.Days.Skip(1).SkipLast(1), day => Assert.Equal(default, day.Calls));
        Assert.Equal([("192.0.2.3", 1, 1), ("192.0.2.2", 1, 0)], use.Callers.Select(caller => (caller.Address, caller.Accepted, caller.Refused)));
    }

    [Fact]
    public async Task The_others_come_last_however_late_they_called()
    {
        await WriteAsync([.. Enumerable.Range(0, 52).Select(i => Call(Now.AddSeconds(i), $"192.0.2.{i}"))]);

        var callers = await tools.Evidence.FindCallersAsync(account.Id, key, Now, CancellationToken.None);

        Assert.Equal(51, callers.Count);
        Assert.Equal("192.0.2.49", callers[0].Address);
        Assert.True(callers[^1].IsOthers);
        Assert.Equal(2, callers[^1].Accepted);
        Assert.Equal(2, (await tools.Evidence.FindCallersAsync(account.Id, key, Now.AddSeconds(49), CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Somebody_else_s_key_shows_nothing()
    {
        await WriteAsync(Call(Now, "192.0.2.1"));
        var other = await tools.Keys.AddAccountAsync("tan@agency.gov.sg");

        Assert.Null(await FindAsync(other));
        Assert.Empty(await tools.Evidence.FindCallersAsync(other.Id, key, DateTimeOffset.MinValue, CancellationToken.None));
        Assert.All(await tools.Evidence.CallsByDayAsync(other.Id, Today, Today, CancellationToken.None), day => Assert.Equal(default, day.Calls));
    }

    [Fact]
    public async Task Calls_of_all_keys_add_up_by_day()
    {
        var second = (await tools.Keys.IssueAsync(account, "Payroll")).Id;
        await WriteAsync(
            Call(Now, "192.0.2.1"), Call(Now.AddDays(-1), "192.0.2.1", KeyCallOutcome.Expired),
            Call(Now, "192.0.2.1") with { KeyId = second }, Call(Now, "192.0.2.1", KeyCallOutcome.AccountDisabled) with { KeyId = second });

        var days = await tools.Evidence.CallsByDayAsync(account.Id, Today.AddDays(-1), Today, CancellationToken.None);

        Assert.Equal([new CallDay(Today.AddDays(-1), new(0, 1, 0, 0)), new CallDay(Today, new(2, 0, 0, 1))], days);
    }

    [Fact]
    public async Task Callers_are_forgotten_after_30_days_and_days_after_13_months()
    {
        await WriteAsync(Call(Now.AddDays(-30), "192.0.2.1"), Call(Now.AddDays(-30).AddTicks(-1), "192.0.2.2"));
        await using var db = tools.Database.CreateDbContext();
        db.KeyCallDays.Add(new KeyCallDay { ApiKeyId = key, Day = new DateOnly(2024, 12, 5), Outcome = KeyCallOutcome.Accepted, Calls = 1 });
        db.KeyCallDays.Add(new KeyCallDay { ApiKeyId = key, Day = new DateOnly(2024, 12, 4), Outcome = KeyCallOutcome.Accepted, Calls = 1 });
        await db.SaveChangesAsync();

        await new UsageCleanUp(tools.Database, tools.Keys.Zone, tools.Clock).RunAsync(CancellationToken.None);

        Assert.Equal("192.0.2.1", Assert.Single(await tools.ReadCallersAsync()).Address);
        Assert.Equal([new DateOnly(2024, 12, 5), Today.AddDays(-30)], (await tools.ReadDaysAsync()).Select(day => day.Day));
    }

    [Fact]
    public async Task Once_an_old_caller_is_forgotten_a_new_one_has_its_place()
    {
        await WriteAsync([.. Enumerable.Range(0, 50).Select(i => Call(Now.AddDays(i == 7 ? -31 : 0), $"192.0.2.{i}"))]);
        await WriteAsync(Call(Now, "198.51.100.1"));
        await new UsageCleanUp(tools.Database, tools.Keys.Zone, tools.Clock).RunAsync(CancellationToken.None);
        await WriteAsync(Call(Now, "198.51.100.1"));

        var callers = await tools.ReadCallersAsync();

        Assert.Equal(1, Assert.Single(callers, caller => caller.Address == "198.51.100.1").Accepted);
        Assert.Equal(1, Assert.Single(callers, caller => caller.Address == KeyCaller.Others).Accepted);
        Assert.DoesNotContain(callers, caller => caller.Address == "192.0.2.7");
    }

    private KeyCall Call(DateTimeOffset at, string from, KeyCallOutcome outcome = KeyCallOutcome.Accepted) =>
        new(key, outcome, at, CallerName.Of(from, "curl/8"));

    private Task<KeyUse?> FindAsync(Account who) => tools.Evidence.FindAsync(who.Id, key, CancellationToken.None);

    private async Task WriteAsync(params KeyCall[] calls)
    {
        using var usage = tools.CreateCollector();
        foreach (var call in calls)
        {
            usage.Note(call);
        }

        await usage.StopAsync(CancellationToken.None);
    }
}
