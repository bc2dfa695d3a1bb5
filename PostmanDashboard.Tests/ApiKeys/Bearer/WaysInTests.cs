using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using PostmanDashboard.Accounts;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Bearer;

/// <summary>Keys open the API and nothing else; cookies open everything else and not the API.</summary>
public sealed class WaysInTests : AsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new();
    private Account account = null!;
    private string bearer = null!;
    private string cookie = null!;

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        bearer = $"Bearer {(await app.IssueKeyAsync(account)).Token.Plaintext}";
        cookie = await app.CreateSignedInCookieAsync(account);
    }

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task A_cookie_opens_pages_and_circuits()
    {
        using var page = await SendAsync(HttpMethod.Get, "/settings", "Cookie", cookie);
        using var circuit = await SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", "Cookie", cookie);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, circuit.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_cookie_does_not_open_the_api(string method)
    {
        using var response = await SendAsync(new HttpMethod(method), "/v1/api-keys/current", "Cookie", cookie);

        await Problem.ReadAsync(response, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_opens_no_page_and_is_told_where_it_does_open_something()
    {
        using var withKey = await SendAsync(HttpMethod.Get, "/settings", "Authorization", bearer);

        Assert.Contains("/v1", (await Problem.ReadAsync(withKey, HttpStatusCode.Unauthorized)).Message, StringComparison.Ordinal);
        Assert.Null(withKey.Headers.Location);
        Assert.False(withKey.Headers.Contains("Set-Cookie"));
        Assert.False(withKey.Headers.Contains("Postman-Api-Key-Expires"));
    }

    [Fact]
    public async Task Credentials_that_are_no_key_of_ours_lead_to_the_sign_in_as_nothing_does()
    {
        // Proxies that sign people in pass such on.
        using var response = await SendAsync(HttpMethod.Get, "/settings", "Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x");

        Assert.Equal("/sign-in", response.Headers.Location?.AbsolutePath);
    }

    [Theory]
    [InlineData("GET", "/_blazor")]
    [InlineData("GET", "/_blazor/negotiate")]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    public async Task Neither_a_key_nor_nothing_opens_a_circuit(string method, string address)
    {
        using var anonymous = await SendAsync(new HttpMethod(method), address);
        using var withKey = await SendAsync(new HttpMethod(method), address, "Authorization", bearer);

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, withKey.StatusCode);
        Assert.False(withKey.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_key_next_to_a_cookie_changes_nothing_on_either_side()
    {
        using var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add("Authorization", bearer);

        using var page = await client.GetAsync("/settings");
        using var call = await client.GetAsync("/v1/api-keys/current");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, call.StatusCode);
        Assert.False(call.Headers.Contains("Set-Cookie"));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string? header = null, string? value = null)
    {
        using var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(method, address);
        if (header is not null)
        {
            request.Headers.Add(header, value);
        }

        return await client.SendAsync(request);
    }
}
