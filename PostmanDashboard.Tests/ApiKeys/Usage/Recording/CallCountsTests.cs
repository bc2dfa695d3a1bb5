using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Usage.Recording;

/// <summary>Every call is counted once, whoever calls and whatever fails meanwhile, and no flood of callers fills the memory.</summary>
public sealed class CallCountsTests : AsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Now = TestClock.Start;

    private readonly TestUsage tools = new();
    private readonly FailingDatabase failing;
    private readonly CallRecorder usage;
    private Account account = null!;

    public CallCountsTests()
    {
        failing = new FailingDatabase(tools.Database);
        usage = tools.CreateCollector(failing);
    }

    public override async Task InitializeAsync() => account = await tools.Keys.AddAccountAsync();

    public void Dispose()
    {
        usage.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task A_caller_is_an_address_with_a_user_agent_and_what_it_did()
    {
        var key = await IssueAsync();
        Note(key, Now, "192.0.2.1", "curl/8");
        Note(key, Now.AddMinutes(2), "192.0.2.1", "curl/8", KeyCallOutcome.AccountDisabled);
        Note(key, Now.AddMinutes(1), "192.0.2.1", "grants/1.0");
        await WriteAsync();
        Note(key, Now.AddMinutes(3), "192.0.2.1", "curl/8");
        await WriteAsync();

        var callers = await tools.ReadCallersAsync();

        Assert.Equal(
            [("192.0.2.1", "curl/8", Now, Now.AddMinutes(3), 2, 1), ("192.0.2.1", "grants/1.0", Now.AddMinutes(1), Now.AddMinutes(1), 1, 0)],
            callers.Select(caller => (caller.Address, caller.UserAgent, caller.FirstSeenAt, caller.LastSeenAt, caller.Accepted, caller.Refused)));
        await using var db = tools.Database.CreateDbContext();
        var used = Assert.Single(db.ApiKeys);
        Assert.Equal((Now.AddMinutes(3), "192.0.2.1", "curl/8"), (used.LastUsedAt, used.LastUsedFrom, used.LastUsedBy));
    }

    [Theory]
    [InlineData("curl/8\r\nBcc: x\0\u0085y", "curl/8Bcc: xy")]
    [InlineData("a\u202Eb\u2028c\uD83D\uDE00d", "abcd")]
    [InlineData("  curl  ", "curl")]
    [InlineData(null, "")]
    public void A_user_agent_is_kept_without_what_could_do_harm(string? sent, string kept) => Assert.Equal(kept, CallerName.Of("192.0.2.1", sent).UserAgent);

    [Fact]
    public void Half_a_character_which_no_database_takes_is_not_kept() => Assert.Equal("ab", CallerName.Of("192.0.2.1", "a" + '\uD83D' + "b").UserAgent);

    [Fact]
    public void A_user_agent_is_cut_after_200_characters() =>
        Assert.Equal(new string('é', 200), CallerName.Of("192.0.2.1", new string('é', 201)).UserAgent);

    [Fact]
    public async Task Days_are_those_of_the_agency_and_outcomes_are_counted_apart()
    {
        var key = await IssueAsync();
        // Midnight in Singapore.
        var midnight = new DateTimeOffset(2026, 1, 5, 16, 0, 0, TimeSpan.Zero);
        Note(key, midnight.AddTicks(-1));
        Note(key, midnight);
        Note(key, midnight, outcome: KeyCallOutcome.Expired);
        Note(key, midnight, outcome: KeyCallOutcome.Expired);
        Note(key, midnight, outcome: KeyCallOutcome.Deleted);
        Note(key, midnight, outcome: KeyCallOutcome.AccountDisabled);
        await WriteAsync();

        Assert.Equal(
            [
                (new DateOnly(2026, 1, 5), KeyCallOutcome.Accepted, 1L),
                (new DateOnly(2026, 1, 6), KeyCallOutcome.Accepted, 1L),
                (new DateOnly(2026, 1, 6), KeyCallOutcome.Expired, 2L),
                (new DateOnly(2026, 1, 6), KeyCallOutcome.Deleted, 1L),
                (new DateOnly(2026, 1, 6), KeyCallOutcome.AccountDisabled, 1L),
            ],
            (await tools.ReadDaysAsync()).Select(day => (day.Day, day.Outcome, day.Calls)));
    }

    [Fact]
    public async Task Of_a_million_calls_from_100_000_addresses_each_is_counted_and_few_are_remembered()
    {
        const int Addresses = 100_000;
        var keys = await IssueManyAsync(110);
        var names = Enumerable.Range(0, Addresses).Select(i => CallerName.Of($"10.{i / 65536}.{i / 256 % 256}.{i % 256}", $"made-up/{i}")).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // Half of them with dead keys, from four threads.
        Parallel.For(0, 1_000_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => usage.Note(new KeyCall(
            keys[i % keys.Count], i % 2 == 0 ? KeyCallOutcome.Accepted : KeyCallOutcome.Deleted, Now.AddTicks(i), names[i % Addresses])));

        Assert.InRange(usage.CallersInMemory, KeyCaller.MaxPerKey, CallBuffer.MaxCallers + keys.Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 50_000_000);
        await WriteAsync();

        Assert.Equal(0, usage.CallersInMemory);
        var days = await tools.ReadDaysAsync();
        Assert.Equal((500_000, 500_000), (Sum(KeyCallOutcome.Accepted), Sum(KeyCallOutcome.Deleted)));
        var callers = await tools.ReadCallersAsync();
        Assert.Equal((500_000, 500_000), (callers.Sum(caller => caller.Accepted), callers.Sum(caller => caller.Refused)));
        Assert.All(callers.GroupBy(caller => caller.ApiKeyId), ofOneKey => Assert.Equal(KeyCaller.MaxPerKey + 1, ofOneKey.Count()));

        long Sum(KeyCallOutcome outcome) => days.Where(day => day.Outcome == outcome).Sum(day => day.Calls);
    }

    [Fact]
    public async Task Whoever_comes_after_fifty_callers_counts_as_others_and_the_fifty_are_still_told_apart()
    {
        var key = await IssueAsync();
        for (var i = 0; i < 60; i++)
        {
            Note(key, Now.AddSeconds(i), $"192.0.2.{i}");
        }

        await WriteAsync();
        Note(key, Now.AddMinutes(5), "192.0.2.0");
        Note(key, Now.AddMinutes(6), "192.0.2.200");
        await WriteAsync();

        var callers = await tools.ReadCallersAsync();
        Assert.Equal(51, callers.Count);
        var first = Assert.Single(callers, caller => caller.Address == "192.0.2.0");
        Assert.Equal((Now, Now.AddMinutes(5), 2), (first.FirstSeenAt, first.LastSeenAt, first.Accepted));
        var others = Assert.Single(callers, caller => caller.Address == KeyCaller.Others);
        Assert.Equal((Now.AddSeconds(50), Now.AddMinutes(6), 11), (others.FirstSeenAt, others.LastSeenAt, others.Accepted));
    }

    [Fact]
    public async Task A_write_that_fails_at_its_end_counts_nothing_and_the_next_one_counts_all_once()
    {
        var key = await IssueAsync();
        Note(key, Now, "192.0.2.1");
        failing.FailsAtCommit = true;
        await WriteAsync();
        var whileBroken = await tools.ReadDaysAsync();
        Note(key, Now.AddSeconds(1), "192.0.2.1");
        await WriteAsync();
        failing.FailsAtCommit = false;
        await WriteAsync();
        await WriteAsync();

        Assert.Empty(whileBroken);
        Assert.Equal(2, Assert.Single(await tools.ReadDaysAsync()).Calls);
        var caller = Assert.Single(await tools.ReadCallersAsync());
        Assert.Equal((Now, Now.AddSeconds(1), 2), (caller.FirstSeenAt, caller.LastSeenAt, caller.Accepted));
    }

    [Fact]
    public async Task While_the_database_is_broken_the_memory_stays_bounded_and_the_counts_exact()
    {
        var key = await IssueAsync();
        failing.IsBroken = true;
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 1_000; i++)
            {
                Note(key, Now.AddSeconds(i), $"10.0.{round}.{i}");
            }

            await WriteAsync();
        }

        Assert.InRange(usage.CallersInMemory, 1, KeyCallCounts.MaxCallers + 1);
        failing.IsBroken = false;
        await WriteAsync();

        Assert.Equal(5_000, (await tools.ReadCallersAsync()).Sum(caller => caller.Accepted));
        Assert.Equal(5_000, Assert.Single(await tools.ReadDaysAsync()).Calls);
    }

    [Fact]
    public async Task What_two_processes_count_on_one_database_adds_up()
    {
        var key = await IssueAsync();
        var collectors = Enumerable.Range(0, 2).Select(_ => tools.CreateCollector()).ToList();
        for (var round = 0; round < 5; round++)
        {
            await Together.RunAsync(2, async number =>
            {
                for (var i = 0; i < 100; i++)
                {
                    collectors[number].Note(new KeyCall(key, KeyCallOutcome.Accepted, Now.AddSeconds(i), CallerName.Of($"192.0.2.{number}.{i}", null)));
                }

                await collectors[number].StopAsync(CancellationToken.None);
                return number;
            });
        }

        Assert.Equal(1_000, Assert.Single(await tools.ReadDaysAsync()).Calls);
        var callers = await tools.ReadCallersAsync();
        Assert.Equal(1_000, callers.Sum(caller => caller.Accepted));
        Assert.Equal(KeyCaller.MaxPerKey + 1, callers.Count);
    }

    [Fact]
    public async Task Calls_that_come_while_it_is_written_are_written_next()
    {
        var key = await IssueAsync();
        var noting = Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                Note(key, Now.AddTicks(i), "192.0.2.1");
            }
        });
        do
        {
            await WriteAsync();
        }
        while (!noting.IsCompleted);
        await usage.StopAsync(CancellationToken.None);

        Assert.Equal(20_000, Assert.Single(await tools.ReadDaysAsync()).Calls);
    }

    private async Task<Guid> IssueAsync() => (await tools.Keys.IssueAsync(account)).Id;

    private async Task<IReadOnlyList<Guid>> IssueManyAsync(int count)
    {
        List<Guid> ids = [];
        for (var i = 0; i < count; i++)
        {
            var owner = i % 50 == 0 ? account = await tools.Keys.AddAccountAsync($"team{i}@agency.gov.sg") : account;
            ids.Add((await tools.Keys.IssueAsync(owner, $"Key {i}")).Id);
        }

        return ids;
    }

    private void Note(
        Guid key, DateTimeOffset at, string from = "192.0.2.7", string? userAgent = null, KeyCallOutcome outcome = KeyCallOutcome.Accepted) =>
        usage.Note(new KeyCall(key, outcome, at, CallerName.Of(from, userAgent)));

    private async Task WriteAsync()
    {
        tools.Clock.Advance(CallRecorder.WriteAfter);
        await usage.Writing;
    }
}
