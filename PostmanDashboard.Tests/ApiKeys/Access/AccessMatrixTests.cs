using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Access;

/// <summary>Every access with every call, against the whole application.</summary>
public sealed class AccessMatrixTests : IDisposable
{
    private const string Current = "/v1/api-keys/current";
    private const string List = "/v1/transactional/email";
    private const string From = "203.0.113.9";
    private const string Anywhere = "";
    private const string Inside = "198.51.100.0/24 203.0.113.0/28";
    private const string Outside = "203.0.113.0/29 2001:db8::/32";

    private readonly DashboardApplication app = new();

    /// <summary>Every call that there is, and what it answers with full access, with that to own messages, and where a key may only send.</summary>
    /// <remarks>Each from anywhere, from within the key's networks, and from outside, where all of the API is closed.</remarks>
    public static TheoryData<string, KeyAccess, string, HttpStatusCode> Matrix
    {
        get
        {
            var matrix = new TheoryData<string, KeyAccess, string, HttpStatusCode>();
            Add("describe itself", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK);
            Add("delete itself", HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NoContent);
            Add("send", HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.Created);
            Add("list", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden);
            Add("read its own", HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden);
            Add("read another's", HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
            Add("read what isn't there", HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
            Add("call nothing", HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound);
            return matrix;

            void Add(string call, params HttpStatusCode[] answers)
            {
                foreach (var (access, answer) in Enum.GetValues<KeyAccess>().Zip(answers))
                {
                    matrix.Add(call, access, Anywhere, answer);
                    matrix.Add(call, access, Inside, answer);
                    matrix.Add(call, access, Outside, call == "call nothing" ? answer : HttpStatusCode.Forbidden);
                }
            }
        }
    }

    public void Dispose() => app.Dispose();

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_key_does_what_its_access_says_and_nothing_else(string call, KeyAccess access, string networks, HttpStatusCode expected)
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var (key, other) = (await app.IssueKeyAsync(account, "Grants"), await app.IssueKeyAsync(account, "Permits"));
        await using var db = app.CreateDbContext();
        var own = await db.AddMessageAsync(TestMessages.Create(account.Id, key.Id, app.Clock.GetUtcNow()), MessageStatus.Sent);
        var others = await db.AddMessageAsync(TestMessages.Create(account.Id, other.Id, app.Clock.GetUtcNow()), MessageStatus.Sent);
        await app.GiveAsync(account, key.Id, access);
        await app.AllowAsync(account, key.Id, networks);
        using var client = app.CreateClient(key.Token);
        client.DefaultRequestHeaders.Add(VisitorAddress.Header, From);

        using var answer = await client.SendAsync(call switch
        {
            "describe itself" => new(HttpMethod.Get, Current),
            "delete itself" => new(HttpMethod.Delete, Current),
            "send" => new(HttpMethod.Post, MessagesApp.Path) { Content = JsonContent.Create(MessagesApp.Message()) },
            "list" => new(HttpMethod.Get, List),
            "read its own" => new(HttpMethod.Get, $"{List}/{own.Id}"),
            "read another's" => new(HttpMethod.Get, $"{List}/{others.Id}"),
            "read what isn't there" => new(HttpMethod.Get, $"{List}/{Guid.NewGuid()}"),
            _ => new HttpRequestMessage(HttpMethod.Get, "/v1/nothing"),
        });

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("2026-07-05T09:00:00.000Z", Assert.Single(answer.Headers.GetValues("Postman-Api-Key-Expires")));
        if (expected == HttpStatusCode.Forbidden)
        {
            var problem = await Problem.ReadAsync(answer, HttpStatusCode.Forbidden);
            Assert.Equal("unauthorized", problem.Code);
            Assert.Equal(
                networks == Outside
                    ? "This API key can't be used from 203.0.113.9. Its account can allow that network in Settings."
                    : "This API key may only send. Give it more access in Settings, or use another key.",
                problem.Message);
            Assert.Contains("error=\"insufficient_scope\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_endpoint_of_the_api_says_what_it_needs_of_a_key()
    {
        var endpoints = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal) == true)
            .DistinctBy(endpoint => endpoint.DisplayName).ToList();

        Assert.Equal(5, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<RequiredAccess>() is not null, $"{endpoint.DisplayName} doesn't say what it needs: RequireKey."));
    }

    [Theory]
    [InlineData(KeyAccess.Full, "full")]
    [InlineData(KeyAccess.OwnMessages, "own_messages")]
    [InlineData(KeyAccess.SendOnly, "send_only")]
    public async Task A_key_can_ask_what_it_may_do_and_a_change_holds_from_the_next_call_on(KeyAccess access, string expected)
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var key = await app.IssueKeyAsync(account);
        using var client = app.CreateClient(key.Token);
        Assert.Equal("full", await AskAsync());

        await app.GiveAsync(account, key.Id, access);

        Assert.Equal(expected, await AskAsync());

        async Task<string?> AskAsync() => (await client.GetFromJsonAsync<JsonElement>(Current)).GetProperty("access").GetString();
    }

    [Fact]
    public async Task A_call_that_goes_too_far_is_counted_as_rejected_and_is_no_use_of_the_key()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var key = await app.IssueKeyAsync(account);
        await app.GiveAsync(account, key.Id, KeyAccess.SendOnly);
        using var client = app.CreateClient(key.Token);

        using var answer = await client.GetAsync(List);
        await app.Services.GetRequiredService<CallRecorder>().StopAsync(CancellationToken.None);

        await using var db = app.CreateDbContext();
        Assert.Equal((KeyCallOutcome.BeyondAccess, 1L), await db.KeyCallDays.Select(day => ValueTuple.Create(day.Outcome, day.Calls)).SingleAsync());
        Assert.Null((await db.ApiKeys.SingleAsync()).FirstUsedAt);
    }

    [Fact]
    public async Task A_key_of_another_account_cant_be_changed()
    {
        var key = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        var stranger = await app.AddAccountAsync("raj@agency.gov.sg");

        Assert.Null(await app.Services.GetRequiredService<AccessChanges>().ChangeAsync(
            stranger.Id, key.Id, KeyAccess.Full, KeyAccess.SendOnly, TestKeys.By(stranger), CancellationToken.None));

        var verified = Assert.IsType<ApiKeyVerification.Accepted>(
            await app.Services.GetRequiredService<ApiKeyVerifier>().VerifyAsync(key.Token.Plaintext, CancellationToken.None));
        Assert.Equal(KeyAccess.Full, verified.Key.Access);
    }
}
