using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Usage.Recording;

public sealed class CallRecorderTests : AsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Now = TestClock.Start;

    private readonly TestUsage tools = new();
    private readonly FailingDatabase failing;
    private readonly CallRecorder usage;
    private Account account = null!;

    public CallRecorderTests()
    {
        failing = new FailingDatabase(tools.Database);
        usage = tools.CreateCollector(failing);
    }

    public override async Task InitializeAsync() => account = await tools.Keys.AddAccountAsync("mei@agency.gov.sg");

    public void Dispose()
    {
        usage.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task A_use_is_written_within_five_seconds_and_not_before()
    {
        var key = await AddKeyAsync();
        Note(key, Now, "192.0.2.7");

        await AdvanceAsync(TimeSpan.FromSeconds(4.999));
        var before = await ReadAsync(key);
        await AdvanceAsync(TimeSpan.FromSeconds(0.001));
        var after = await ReadAsync(key);

        Assert.Equal((null, null), before);
        Assert.Equal((Now, "192.0.2.7"), after);
    }

    [Fact]
    public async Task Of_many_uses_the_last_is_written_once()
    {
        var key = await AddKeyAsync();
        for (var i = 0; i <= 1_000; i++)
        {
            Note(key, Now.AddMilliseconds(i), $"192.0.2.{i % 256}");
        }

        await AdvanceAsync(CallRecorder.WriteAfter);
        await AdvanceAsync(CallRecorder.WriteAfter);

        Assert.Equal((Now.AddSeconds(1), $"192.0.2.{1_000 % 256}"), await ReadAsync(key));
        Assert.Equal(1, failing.Asked);
    }

    [Fact]
    public async Task The_next_use_is_written_too()
    {
        var key = await AddKeyAsync();
        Note(key, Now, "192.0.2.7");
        await AdvanceAsync(CallRecorder.WriteAfter);
        Note(key, Now.AddMinutes(1), "192.0.2.8");
        await AdvanceAsync(CallRecorder.WriteAfter);

        Assert.Equal((Now.AddMinutes(1), "192.0.2.8"), await ReadAsync(key));
    }

    [Fact]
    public async Task More_keys_than_one_batch_holds_are_all_written()
    {
        var keys = await AddKeysAsync(450);
        foreach (var key in keys)
        {
            Note(key, Now, null);
        }

        await AdvanceAsync(CallRecorder.WriteAfter);

        await using var db = tools.Database.CreateDbContext();
        Assert.Equal(450, await db.ApiKeys.CountAsync(key => key.LastUsedAt == Now));
    }

    [Fact]
    public async Task Time_never_runs_backwards_in_memory_or_in_the_database()
    {
        var key = await AddKeyAsync();
        Note(key, Now.AddSeconds(2), "192.0.2.2");
        Note(key, Now.AddSeconds(1), "192.0.2.1");
        await AdvanceAsync(CallRecorder.WriteAfter);
        var inMemory = await ReadAsync(key);
        Note(key, Now, "192.0.2.0");
        await AdvanceAsync(CallRecorder.WriteAfter);

        Assert.Equal((Now.AddSeconds(2), "192.0.2.2"), inMemory);
        Assert.Equal((Now.AddSeconds(2), "192.0.2.2"), await ReadAsync(key));
    }

    [Fact]
    public async Task A_write_that_fails_is_tried_again()
    {
        var key = await AddKeyAsync();
        failing.IsBroken = true;
        Note(key, Now, "192.0.2.7");
        await AdvanceAsync(CallRecorder.WriteAfter);
        await AdvanceAsync(CallRecorder.WriteAfter);
        var whileBroken = await ReadAsync(key);
        failing.IsBroken = false;
        await AdvanceAsync(CallRecorder.WriteAfter);

        Assert.Equal((null, null), whileBroken);
        Assert.Equal((Now, "192.0.2.7"), await ReadAsync(key));
    }

    [Fact]
    public async Task What_is_still_in_memory_is_written_at_shutdown()
    {
        var key = await AddKeyAsync();
        Note(key, Now, "192.0.2.7");

        await usage.StopAsync(CancellationToken.None);

        Assert.Equal((Now, "192.0.2.7"), await ReadAsync(key));
    }

    [Fact]
    public async Task A_key_that_is_gone_holds_up_nobody()
    {
        var key = await AddKeyAsync();
        Note(Guid.CreateVersion7(), Now, null);
        Note(key, Now, null);

        await AdvanceAsync(CallRecorder.WriteAfter);

        Assert.Equal((Now, null), await ReadAsync(key));
    }

    [Fact]
    public async Task A_call_that_is_let_in_counts_as_a_use_and_a_refused_one_does_not()
    {
        await using var app = new DashboardApplication();
        var issued = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        await CallAsync(app, issued.Token);
        app.Clock.SetUtcNow(Now.AddYears(1));
        await CallAsync(app, issued.Token);
        await app.Services.GetRequiredService<CallRecorder>().StopAsync(CancellationToken.None);

        await using var db = app.CreateDbContext();
        var key = await db.ApiKeys.SingleAsync();
        Assert.Equal(Now, key.LastUsedAt);
        Assert.Equal("2001:db8::7", key.LastUsedFrom);
    }

    [Fact]
    public async Task Calls_of_32_programs_at_once_are_counted_to_the_last_one()
    {
        const int Programs = 32;
        const int CallsOfEach = 100;
        await using var app = new DashboardApplication();
        var issued = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));

        await Task.WhenAll(Enumerable.Range(0, Programs).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < CallsOfEach; i++)
            {
                Assert.Equal(StatusCodes.Status200OK, (await CallAsync(app, issued.Token)).Response.StatusCode);
            }
        })));
        await app.Services.GetRequiredService<CallRecorder>().StopAsync(CancellationToken.None);

        await using var db = app.CreateDbContext();
        Assert.Equal(Programs * CallsOfEach, Assert.Single(db.KeyCallDays).Calls);
        Assert.Equal(Programs * CallsOfEach, Assert.Single(db.KeyCallers).Accepted);
    }

    private static Task<HttpContext> CallAsync(DashboardApplication app, ApiKeyToken token) => app.Server.SendAsync(call =>
    {
        call.Request.Path = "/v1/api-keys/current";
        call.Request.Headers.Authorization = $"Bearer {token.Plaintext}";
        call.Connection.RemoteIpAddress = IPAddress.Parse("2001:db8::7");
    });

    private void Note(Guid key, DateTimeOffset at, string? from) => usage.Note(new KeyCall(key, KeyCallOutcome.Accepted, at, CallerName.Of(from, null)));

    private async Task AdvanceAsync(TimeSpan time)
    {
        tools.Clock.Advance(time);
        await usage.Writing;
    }

    private async Task<Guid> AddKeyAsync() => Assert.Single(await AddKeysAsync(1));

    private async Task<IReadOnlyList<Guid>> AddKeysAsync(int count)
    {
        Assert.True(ContactList.TryParse(["mei@agency.gov.sg"], out var contacts, out _));
        await using var db = tools.Database.CreateDbContext();
        for (var i = 0; i < count; i++)
        {
            Assert.True(ApiKeyLabel.TryParse($"Key {i}", out var label, out _));
            db.ApiKeys.Add(ApiKey.Issue(ApiKeyToken.Generate(), account.Id, label, contacts, ApiKeyLifetime.SixMonths, Now, DateTimeZone.Utc));
        }

        await db.SaveChangesAsync();
        return await db.ApiKeys.Select(key => key.Id).ToListAsync();
    }

    private async Task<(DateTimeOffset?, string?)> ReadAsync(Guid id)
    {
        await using var db = tools.Database.CreateDbContext();
        var key = await db.ApiKeys.SingleAsync(key => key.Id == id);
        return (key.LastUsedAt, key.LastUsedFrom);
    }
}
