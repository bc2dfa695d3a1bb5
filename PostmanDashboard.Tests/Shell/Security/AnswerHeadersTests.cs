using System.Net;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Shell.Security;

/// <summary>What the real program says to browsers beside the page itself.</summary>
public sealed class AnswerHeadersTests(ProductionProcess production) : IClassFixture<ProductionProcess>
{
    [Fact]
    public async Task Every_answer_forbids_what_no_page_needs_and_does_not_name_the_server()
    {
        foreach (var path in (string[])["/sign-in", "/nowhere", "/docs/api", "/base.css", "/error"])
        {
            using var answer = await AskAsync(HttpMethod.Get, path);
            Assert.False(answer.Headers.Contains("Server"));
            Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Server:", await RawConnection.SendAsync(new Uri(production.Dashboard.Address), "NONSENSE\r\n\r\n"),
            StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/v1/api-keys/current")]
    [InlineData("/v1/nowhere")]
    public async Task An_answer_of_the_API_may_do_nothing_in_a_browser(string path)
    {
        using var answer = await AskAsync(HttpMethod.Get, path);

        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header("Content-Security-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-site", Header("Cross-Origin-Resource-Policy"));
        Assert.Equal("camera=(), microphone=(), geolocation=()", Header("Permissions-Policy"));
        Assert.Equal("max-age=31536000", Header("Strict-Transport-Security"));

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
    }

    [Fact]
    public async Task Subdomains_are_not_told_to_use_HTTPS_unless_a_setting_says_so()
    {
        using var answer = await AskAsync(HttpMethod.Get, "/sign-in");

        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task Cookies_belong_to_this_host_alone()
    {
        using var answer = await AskAsync(HttpMethod.Get, "/sign-in");

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-Postman.Antiforgery=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/settings")]
    [InlineData("/messages/export")]
    [InlineData("/not-found")]
    [InlineData("/docs/api")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/base.css")]
    [InlineData("/health/live")]
    public async Task Head_is_answered_as_get_without_a_body(string path)
    {
        using var get = await AskAsync(HttpMethod.Get, path);
        using var head = await AskAsync(HttpMethod.Head, path);

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.NotEqual(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Host = ProductionProcess.Host;
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = production.Dashboard.Client.BaseAddress };
        return await client.SendAsync(request);
    }
}
