using System.Net;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Bearer;

/// <summary>What every answer to a live key says of that key's end. The key of these tests expires on 5 July 2026 at 09:00 UTC.</summary>
public sealed class ExpiryHeadersTests : AsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new();
    private HttpClient client = null!;

    public override async Task InitializeAsync()
    {
        var issued = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        client = app.CreateClient(issued.Token);
    }

    public void Dispose()
    {
        client.Dispose();
        app.Dispose();
    }

    [Theory]
    [InlineData("2026-01-05T09:00:00Z", null)]
    [InlineData("2026-06-05T08:59:59.999Z", null)]
    [InlineData("2026-06-05T09:00:00Z", "expires in 30 days")]
    [InlineData("2026-06-05T09:00:00.001Z", "expires in 30 days")]
    [InlineData("2026-07-04T08:59:59.999Z", "expires in 2 days")]
    [InlineData("2026-07-04T09:00:00Z", "expires in 1 day")]
    [InlineData("2026-07-05T08:59:59.999Z", "expires in 1 day")]
    public async Task The_last_month_comes_with_a_warning(string now, string? warning)
    {
        app.Clock.SetUtcNow(DateTimeOffset.Parse(now, null));

        using var response = await client.GetAsync("/v1/api-keys/current");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("2026-07-05T09:00:00.000Z", Header(response, "Postman-Api-Key-Expires"));
        Assert.Equal(warning, Header(response, "Postman-Api-Key-Warning"));
    }

    [Theory]
    [InlineData("GET", "/v1/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("PATCH", "/v1/api-keys/current", HttpStatusCode.MethodNotAllowed)]
    public async Task Errors_carry_them_too(string method, string address, HttpStatusCode expected)
    {
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 7, 5, 0, 0, 0, TimeSpan.Zero));
        using var request = new HttpRequestMessage(new HttpMethod(method), address);

        using var response = await client.SendAsync(request);

        await Problem.ReadAsync(response, expected);
        Assert.Equal("2026-07-05T09:00:00.000Z", Header(response, "Postman-Api-Key-Expires"));
        Assert.Equal("expires in 1 day", Header(response, "Postman-Api-Key-Warning"));
    }

    [Fact]
    public async Task A_caller_without_a_live_key_learns_nothing_of_any_key()
    {
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 7, 5, 9, 0, 0, TimeSpan.Zero));

        using var response = await client.GetAsync("/v1/api-keys/current");

        await Problem.ReadAsync(response, HttpStatusCode.Unauthorized);
        Assert.Null(Header(response, "Postman-Api-Key-Expires"));
        Assert.Null(Header(response, "Postman-Api-Key-Warning"));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
