using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Endpoints;

public sealed class CurrentApiKeyTests : AsyncLifetime, IDisposable
{
    private const string Address = "/v1/api-keys/current";

    private readonly DashboardApplication app = new();
    private IssueApiKeyResult.Issued issued = null!;
    private HttpClient client = null!;

    public override async Task InitializeAsync()
    {
        issued = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"), "Grant system", ApiKeyLifetime.Days30);
        client = app.CreateClient(issued.Token);
    }

    public void Dispose()
    {
        client.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task A_key_can_ask_what_it_is()
    {
        var key = await client.GetFromJsonAsync<JsonElement>(Address);

        Assert.Equal(
            ["id", "label", "hint", "account", "created_at", "expires_at", "days_left", "access", "networks"],
            key.EnumerateObject().Select(member => member.Name));
        Assert.Equal(issued.Id, key.GetProperty("id").GetGuid());
        Assert.Equal("Grant system", key.GetProperty("label").GetString());
        Assert.Equal(issued.Token.Hint, key.GetProperty("hint").GetString());
        Assert.Equal("mei@agency.gov.sg", key.GetProperty("account").GetString());
        Assert.Equal("2026-01-05T09:00:00.000Z", key.GetProperty("created_at").GetString());
        Assert.Equal("2026-02-04T09:00:00.000Z", key.GetProperty("expires_at").GetString());
        Assert.Equal(30, key.GetProperty("days_left").GetInt32());
    }

    [Fact]
    public async Task A_key_sees_itself_and_not_its_neighbours()
    {
        var other = await app.IssueKeyAsync(await app.AddAccountAsync("raj@agency.gov.sg"), "Permit system");
        using var neighbour = app.CreateClient(other.Token);

        using var deleted = await neighbour.DeleteAsync(Address);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("Grant system", (await client.GetFromJsonAsync<JsonElement>(Address)).GetProperty("label").GetString());
    }

    [Fact]
    public async Task A_key_that_deletes_itself_is_refused_from_the_next_call_on()
    {
        using var deleted = await client.DeleteAsync(Address);
        using var again = await client.DeleteAsync(Address);
        using var read = await client.GetAsync(Address);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(await deleted.Content.ReadAsByteArrayAsync());
        Assert.False(deleted.Headers.Contains("Set-Cookie"));
        await Problem.ReadAsync(again, HttpStatusCode.Unauthorized);
        await Problem.ReadAsync(read, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_history_tells_that_the_key_deleted_itself_and_from_where()
    {
        var context = await app.Server.SendAsync(call =>
        {
            call.Request.Method = "DELETE";
            call.Request.Path = Address;
            call.Request.Headers.Authorization = $"Bearer {issued.Token.Plaintext}";
            call.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:192.0.2.7");
        });

        Assert.Equal(204, context.Response.StatusCode);
        await using var db = app.CreateDbContext();
        var key = await db.ApiKeys.SingleAsync();
        Assert.Equal(TestClock.Start, key.DeletedAt);
        Assert.Equal("the key itself", key.DeletedBy);
        Assert.Equal("192.0.2.7", key.DeletedFrom);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_key_can_neither_make_nor_prolong_keys(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Address);
        using var response = await client.SendAsync(request);
        using var list = await client.GetAsync("/v1/api-keys");

        var problem = await Problem.ReadAsync(response, HttpStatusCode.MethodNotAllowed);
        Assert.Equal("api_validation", problem.Code);
        Assert.Equal(["DELETE", "GET"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
        await Problem.ReadAsync(list, HttpStatusCode.NotFound);
    }
}
