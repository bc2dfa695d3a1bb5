using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Security;

/// <summary>What may change something, and every circuit, comes from our own origin or from no browser.</summary>
public sealed class OriginGateTests : IDisposable
{
    private const string Own = "https://postman.agency.gov.sg";

    private readonly DashboardApplication app = new() { Settings = { ["Public:BaseUrl"] = "https://Postman.Agency.gov.sg:443/" } };

    public void Dispose() => app.Dispose();

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://evil.agency.gov.sg")]
    [InlineData("https://postman.agency.gov.sg.evil.example")]
    [InlineData("https://postman.agency.gov.sg:8443")]
    [InlineData("http://postman.agency.gov.sg")]
    [InlineData("null")]
    public async Task A_circuit_and_a_post_of_another_origin_are_refused(string origin)
    {
        foreach (var (method, path) in Doors)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await AnswerAsync(method, path, ("Origin", origin)));
        }
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task What_the_browser_calls_another_site_is_refused_whatever_its_origin(string site)
    {
        foreach (var (method, path) in Doors)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await AnswerAsync(method, path, ("Sec-Fetch-Site", site)));
            Assert.Equal(HttpStatusCode.Forbidden, await AnswerAsync(method, path, ("Origin", Own), ("Sec-Fetch-Site", site)));
        }
    }

    [Fact]
    public async Task Two_origins_are_none()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await AnswerAsync("POST", "/sign-in", ("Origin", Own), ("Origin", "https://evil.example")));
    }

    [Fact]
    public async Task Our_own_origin_and_programs_without_any_come_through()
    {
        foreach (var (method, path) in Doors)
        {
            Assert.NotEqual(HttpStatusCode.Forbidden, await AnswerAsync(method, path, ("Origin", Own), ("Sec-Fetch-Site", "same-origin")));
            Assert.NotEqual(HttpStatusCode.Forbidden, await AnswerAsync(method, path, ("Origin", Own), ("Sec-Fetch-Site", "none")));
            Assert.NotEqual(HttpStatusCode.Forbidden, await AnswerAsync(method, path));
        }
    }

    [Fact]
    public async Task A_link_on_another_site_and_a_call_with_a_key_come_through()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var bearer = $"Bearer {(await app.IssueKeyAsync(account)).Token.Plaintext}";

        Assert.Equal(HttpStatusCode.OK, await AnswerAsync("GET", "/sign-in", ("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(
            HttpStatusCode.NoContent,
            await AnswerAsync("DELETE", "/v1/api-keys/current", ("Authorization", bearer), ("Origin", "https://tools.example"),
                ("Sec-Fetch-Site", "cross-site")));
    }

    private static IEnumerable<(string Method, string Path)> Doors =>
    [
        ("GET", "/_blazor"), ("GET", "/_blazor/negotiate"), ("POST", "/_blazor/negotiate?negotiateVersion=1"), ("POST", "/_blazor/disconnect"),
        ("POST", "/sign-in"), ("POST", "/sign-in/code"), ("POST", "/sign-out"), ("POST", "/settings/check-key"), ("POST", "/hangfire/stats"),
            ("PUT", "/settings"), ("DELETE", "/"),
    ];

    private async Task<HttpStatusCode> AnswerAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
