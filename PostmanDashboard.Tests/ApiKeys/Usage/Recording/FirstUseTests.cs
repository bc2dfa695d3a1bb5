using System.Net;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Usage.Recording;

/// <summary>That a key is used is known from its first call on, exactly.</summary>
public sealed class FirstUseTests : IDisposable
{
    private readonly TestKeys keys = new();

    public void Dispose() => keys.Dispose();

    [Fact]
    public async Task The_first_call_is_written_within_itself_and_later_ones_change_nothing()
    {
        var issued = await keys.IssueAsync(await keys.AddAccountAsync());
        Assert.Null(await FirstUseAsync());

        keys.Clock.Advance(TimeSpan.FromHours(1));
        await CallAsync(issued.Token);
        keys.Clock.Advance(TimeSpan.FromHours(1));
        await CallAsync(issued.Token);

        Assert.Equal(TestClock.Start.AddHours(1), await FirstUseAsync());
    }

    [Fact]
    public async Task A_refused_call_is_no_use()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account);
        await keys.SetDisabledAsync(account, TestClock.Start);

        await CallAsync(issued.Token);

        Assert.Null(await FirstUseAsync());
    }

    [Fact]
    public async Task Of_twenty_first_calls_at_one_moment_all_are_let_in()
    {
        await using var app = new DashboardApplication();
        var issued = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        using var client = app.CreateClient(issued.Token);

        var answers = await Together.RunAsync(20, async _ => (await client.GetAsync("/v1/api-keys/current")).StatusCode);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        await using var db = app.CreateDbContext();
        Assert.Equal(app.Clock.GetUtcNow(), (await db.ApiKeys.SingleAsync()).FirstUsedAt);
    }

    /// <remarks>Between the look-up and the mark somebody replaces the token, which is allowed while the key is unused.</remarks>
    [Fact]
    public async Task A_first_call_whose_token_is_replaced_at_that_moment_is_refused_and_leaves_the_key_unused()
    {
        var issued = await keys.IssueAsync(await keys.AddAccountAsync());
        var verifier = new ApiKeyVerifier(keys.Database, keys.Cache, new ReplacingClock(keys, ApiKeyToken.Generate()));

        var verification = await verifier.VerifyAsync(issued.Token.Plaintext, CancellationToken.None);

        Assert.Equal(new ApiKeyVerification.Refused(ApiKeyRefusal.Unknown), verification);
        Assert.Null(await FirstUseAsync());
    }

    private Task<ApiKeyVerification> CallAsync(ApiKeyToken token) => keys.Verifier.VerifyAsync(token.Plaintext, CancellationToken.None).AsTask();

    private async Task<DateTimeOffset?> FirstUseAsync()
    {
        await using var db = keys.Database.CreateDbContext();
        return (await db.ApiKeys.SingleAsync()).FirstUsedAt;
    }

    /// <summary>Replaces the token at the moment at which the verifier asks for the time, which is after its look-up.</summary>
    private sealed class ReplacingClock(TestKeys keys, ApiKeyToken next) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            using var db = keys.Database.CreateDbContext();
            db.ApiKeys.ExecuteUpdate(set => set.SetProperty(key => key.Hash, next.Hash));
            return keys.Clock.GetUtcNow();
        }
    }
}
