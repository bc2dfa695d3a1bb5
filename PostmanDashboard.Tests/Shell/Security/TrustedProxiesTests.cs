using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Security;

/// <summary>Where a call comes from is what the connection says, unless that is a proxy whom the operator named.</summary>
public sealed class TrustedProxiesTests : IDisposable
{
    private const string Proxy = "10.0.0.1";
    private const string Forged = "198.51.100.66";

    private readonly DashboardApplication app = new();

    public void Dispose() => app.Dispose();

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Without_a_trusted_proxy_nothing_that_a_caller_writes_changes_its_address(string address) =>
        Assert.Equal(address, await CallAsync(address, Forged));

    [Fact]
    public async Task A_switch_that_trusts_everyone_does_nothing_but_to_be_named_in_the_log()
    {
        var logs = new RecordingLogs();
        await using var switched = new DashboardApplication { Logs = logs };
        switched.Settings["ForwardedHeaders_Enabled"] = "true";

        Assert.Equal("192.0.2.1", await CallAsync("192.0.2.1", Forged, switched));
        Assert.Contains("Network:TrustedProxies", logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Proxy, Proxy)]
    [InlineData("10.0.0.0/24", Proxy)]
    [InlineData(Proxy, "::ffff:10.0.0.1")]
    [InlineData("::ffff:10.0.0.1", Proxy)]
    [InlineData("::ffff:10.0.0.0/120", Proxy)]
    [InlineData("2001:db8::/32", "2001:db8::1")]
    public async Task A_trusted_proxy_says_where_a_call_comes_from(string trusted, string connection)
    {
        app.Settings["Network:TrustedProxies:0"] = trusted;

        Assert.Equal("192.0.2.1", await CallAsync(connection, "192.0.2.1"));
    }

    [Fact]
    public async Task What_a_caller_wrote_before_the_proxy_added_its_address_counts_for_nothing()
    {
        app.Settings["Network:TrustedProxies:0"] = Proxy;

        Assert.Equal("192.0.2.1", await CallAsync(Proxy, $"{Forged}, 192.0.2.1"));
    }

    [Fact]
    public async Task Of_several_hops_the_first_that_is_not_a_trusted_proxy_is_the_caller()
    {
        app.Settings["Network:TrustedProxies:0"] = Proxy;
        app.Settings["Network:TrustedProxies:1"] = "10.0.1.0/24";

        Assert.Equal("192.0.2.1", await CallAsync(Proxy, $"{Forged}, 192.0.2.1, 10.0.1.7, 10.0.1.8"));
    }

    [Theory]
    [InlineData("10.0.0.2")]
    [InlineData("127.0.0.1")]
    public async Task Who_is_not_that_proxy_is_not_believed(string connection)
    {
        app.Settings["Network:TrustedProxies:0"] = Proxy;

        Assert.Equal(connection, await CallAsync(connection, Forged));
    }

    [Fact]
    public async Task Limits_of_sign_in_follow_the_connection_whatever_a_caller_writes()
    {
        app.Settings["Accounts:CodesPerNetwork"] = "30";
        var sent = 0;
        for (var i = 0; i < 35; i++)
        {
            using var visitor = new Visitor(app, "192.0.2.1", forwardedFor: $"198.51.100.{i}");
            sent += (await visitor.AskAsync($"person{i}@agency.gov.sg")).Location is null ? 0 : 1;
        }

        Assert.Equal(30, sent);
    }

    [Theory]
    [InlineData(Proxy, "https", "postman.example")]
    [InlineData("10.0.0.2", "http", "postman.example")]
    public async Task A_trusted_proxy_says_that_a_call_came_over_https_and_nobody_says_to_which_host(string connection, string scheme, string host)
    {
        app.Settings["Network:TrustedProxies:0"] = Proxy;

        var call = await app.Server.SendAsync(call =>
        {
            call.Request.Scheme = "http";
            call.Request.Host = new HostString("postman.example");
            call.Request.Path = "/health/live";
            call.Request.Headers[VisitorAddress.Header] = connection;
            call.Request.Headers["X-Forwarded-For"] = "192.0.2.1";
            call.Request.Headers["X-Forwarded-Proto"] = "https";
            call.Request.Headers["X-Forwarded-Host"] = "evil.example";
        });

        Assert.Equal((scheme, host), (call.Request.Scheme, call.Request.Host.Value));
    }

    /// <returns>The address that the dashboard remembers of a call with a key.</returns>
    private Task<string> CallAsync(string connection, string forwardedFor) => CallAsync(connection, forwardedFor, app);

    private static async Task<string> CallAsync(string connection, string forwardedFor, DashboardApplication app)
    {
        var issued = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        using var client = app.CreateClient(issued.Token);
        client.DefaultRequestHeaders.Add(VisitorAddress.Header, connection);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        client.DefaultRequestHeaders.Add("Forwarded", $"for={Forged}");
        client.DefaultRequestHeaders.Add("X-Real-IP", Forged);
        await client.GetAsync("/v1/api-keys/current");
        await app.Services.GetRequiredService<CallRecorder>().StopAsync(CancellationToken.None);
        await using var db = app.CreateDbContext();
        return (await db.KeyCallers.SingleAsync()).Address;
    }
}
