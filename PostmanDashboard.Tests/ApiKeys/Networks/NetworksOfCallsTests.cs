using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.ApiKeys.Access;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Networks;

/// <summary>From where a key can be called, against the whole application. What it may do from there is part of the matrix of access.</summary>
public sealed class NetworksOfCallsTests : AsyncLifetime, IDisposable
{
    private const string Current = "/v1/api-keys/current";
    private const string Proxy = "10.0.0.1";

    private readonly DashboardApplication app = new();
    private Account account = null!;
    private IssueApiKeyResult.Issued key = null!;

    public override async Task InitializeAsync()
    {
        app.Settings["Network:TrustedProxies:0"] = Proxy;
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        key = await app.IssueKeyAsync(account, "Grants");
        await app.AllowAsync(account, key.Id, "203.0.113.0/24 2001:db8::/32");
    }

    public void Dispose() => app.Dispose();

    [Theory]
    [InlineData("203.0.113.9", null, null)]
    [InlineData("::ffff:203.0.113.9", null, null)]
    [InlineData("2001:db8::1", null, null)]
    [InlineData("198.51.100.7", null, "198.51.100.7")]
    [InlineData("2001:db9::1", null, "2001:db9::1")]
    [InlineData(null, null, "an unknown address")]
    // Behind the proxy that is trusted, and behind another one, which could say anything.
    [InlineData(Proxy, "203.0.113.9", null)]
    [InlineData(Proxy, "198.51.100.7", "198.51.100.7")]
    [InlineData("198.51.100.7", "203.0.113.9", "198.51.100.7")]
    public async Task It_is_called_from_its_networks_and_from_nowhere_else(string? connection, string? forwardedFor, string? refused)
    {
        using var client = CreateClient(connection, forwardedFor);

        using var answer = await client.GetAsync(Current);

        if (refused is null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return;
        }

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.Forbidden);
        Assert.Equal(
            ("unauthorized", $"This API key can't be used from {refused}. Its account can allow that network in Settings."), (problem.Code, problem.Message));
    }

    [Fact]
    public async Task A_change_takes_effect_from_the_next_call()
    {
        using var client = CreateClient("198.51.100.7", null);
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync());

        await app.AllowAsync(account, key.Id, "198.51.100.7");
        Assert.Equal(HttpStatusCode.OK, await AskAsync());

        await app.AllowAsync(account, key.Id, "198.51.100.8");
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync());

        async Task<HttpStatusCode> AskAsync()
        {
            using var answer = await client.GetAsync(Current);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Refused_calls_are_counted_with_who_made_them_and_are_no_use_of_the_key()
    {
        using var client = CreateClient("198.51.100.7", null);

        using var answer = await client.GetAsync(Current);
        await app.Services.GetRequiredService<CallRecorder>().StopAsync(CancellationToken.None);

        await using var db = app.CreateDbContext();
        Assert.Equal((KeyCallOutcome.OutsideNetworks, 1L), await db.KeyCallDays.Select(day => ValueTuple.Create(day.Outcome, day.Calls)).SingleAsync());
        Assert.Equal(("198.51.100.7", 1L), await db.KeyCallers.Select(caller => ValueTuple.Create(caller.Address, caller.Refused)).SingleAsync());
        Assert.Null((await db.ApiKeys.SingleAsync()).LastKnownUseAt);
        Assert.True(await db.OutgoingMails.AnyAsync(mail => mail.OnceOnly!.StartsWith("dead-key:")));
    }

    [Fact]
    public async Task Only_its_account_changes_them()
    {
        var stranger = await app.AddAccountAsync("raj@agency.gov.sg");

        Assert.Null(await app.Services.GetRequiredService<NetworkChanges>().ChangeAsync(
            stranger.Id, key.Id, NetworkList.FromStored("203.0.113.0/24 2001:db8::/32"), NetworkList.Anywhere, TestKeys.By(stranger), CancellationToken.None));

        await using var db = app.CreateDbContext();
        Assert.Equal("203.0.113.0/24 2001:db8::/32", (await db.ApiKeys.SingleAsync()).Networks);
    }

    private HttpClient CreateClient(string? connection, string? forwardedFor)
    {
        var client = app.CreateClient(key.Token);
        if (connection is not null)
        {
            client.DefaultRequestHeaders.Add(VisitorAddress.Header, connection);
        }

        if (forwardedFor is not null)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        }

        return client;
    }
}
