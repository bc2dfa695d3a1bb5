using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Shell.Hosting;

/// <summary>Requests that no browser sends, to the real program as an operator runs it.</summary>
public sealed class HostileRequestsTests(ProductionProcess production) : IClassFixture<ProductionProcess>
{
    private static readonly string[] Paths =
    [
        "/", "/sign-in", "/sign-in/code", "/sign-out", "/settings", "/settings/check-key", "/messages", "/messages/export", "/error", "/not-found", "/nowhere",
        "/admin/mail", "/hangfire", "/hangfire/stats", "/_blazor", "/_blazor/negotiate", "/_blazor/disconnect", "/docs/api", "/openapi/v1.json",
            "/v1/api-keys/current",
        "/v1/transactional/email/send", "/v1/nowhere", "/calendar/nonsense.ics", "/base.css",
    ];

    private readonly DashboardProcess dashboard = production.Dashboard;
    private readonly Uri address = new(production.Dashboard.Address);

    [Fact]
    public async Task None_of_them_gets_a_server_error_and_the_log_stays_short()
    {
        var ours = new List<string>();
        foreach (var request in Paths.SelectMany(Requests).Concat(Queries().Select(path => Request("GET", path, Host()))))
        {
            var status = RawConnection.StatusOf(await RawConnection.SendAsync(address, request));
            if (status >= 500)
            {
                ours.Add($"{status} {request}");
            }
        }

        Assert.True(ours.Count == 0, string.Join('\n', ours) + '\n' + dashboard.Output);
        Assert.DoesNotContain("   at ", dashboard.Output, StringComparison.Ordinal);
        Assert.True(dashboard.Output.Split('\n').Length < 60, dashboard.Output);
    }

    [Theory]
    [InlineData("Host: evil.example\r\n")]
    [InlineData("Host: postman.agency.gov.sg.evil.example\r\n")]
    [InlineData("Host: ..\r\n")]
    [InlineData("Host: a:99999\r\n")]
    [InlineData("Host: \r\n")]
    [InlineData("Host: 127.0.0.1\r\n")]
    public async Task Only_our_own_host_is_served(string host)
    {
        foreach (var path in (string[])["/settings", "/sign-in", "/v1/api-keys/current"])
        {
            var answer = await RawConnection.SendAsync(address, Request("GET", path, host));
            Assert.Equal(400, RawConnection.StatusOf(answer));
            Assert.DoesNotContain("Location:", answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1", "Host: 127.0.0.1:8080\r\n")]
    [InlineData("HTTP/1.1", "Host: evil.example\r\n")]
    [InlineData("HTTP/1.0", "")]
    public async Task Health_is_told_to_whoever_asks_by_address(string version, string host) =>
        Assert.Equal(200, RawConnection.StatusOf(await RawConnection.SendAsync(address, Request("GET", "/health/live", host, version))));

    [Fact]
    public async Task Our_own_host_is_served_in_any_case_and_with_any_port()
    {
        foreach (var host in (string[])["postman.agency.gov.sg", "POSTMAN.Agency.gov.sg:8443"])
        {
            Assert.Equal(200, RawConnection.StatusOf(await RawConnection.SendAsync(address, Request("GET", "/sign-in", $"Host: {host}\r\n"))));
        }
    }

    private static string Host() => $"Host: {ProductionProcess.Host}\r\n";

    private static IEnumerable<string> Requests(string path)
    {
        foreach (var method in (string[])["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "NONSENSE"])
        {
            yield return Request(method, path, Host());
        }

        yield return Request("GET", path, "", "HTTP/1.0");
        foreach (var (type, body) in Bodies())
        {
            yield return Request("POST", path, $"{Host()}Content-Type: {type}\r\nContent-Length: {body.Length}\r\n", body: body);
        }

        yield return Request("POST", path, $"{Host()}Cookie: Postman.Session=x; __Host-Postman.Session=x; .AspNetCore.Antiforgery.x=CfDJ8AAAA\r\n{Form}",
            body: "a=1");
        yield return Request("GET", path,
            $"{Host()}Range: bytes=9-1\r\nIf-Modified-Since: never\r\nAccept-Encoding: \u00ff\r\nAccept-Language: {new string('x', 2000)}\r\n");
        yield return Request("GET", path, $"{Host()}Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n");
    }

    private const string Form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n";

    private static IEnumerable<(string Type, string Body)> Bodies() =>
    [
        ("application/x-www-form-urlencoded", "__RequestVerificationToken=x&_handler=sign-in&Email=a@b.c"),
        ("application/x-www-form-urlencoded", "%=%&%ff%=&_handler=%00"),
        ("application/x-www-form-urlencoded; charset=utf-7", "a=1"),
        ("application/x-www-form-urlencoded; charset=nonsense", "a=1"),
        ("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 2000).Select(number => $"a{number}="))),
        ("multipart/form-data", "a=1"),
        ("multipart/form-data; boundary=x", "--x\r\nnonsense"),
        ($"multipart/form-data; boundary={new string('b', 500)}", "--"),
        ("nonsense", "a"),
        ("application/json", "{"),
    ];

    private static IEnumerable<string> Queries() =>
    [
        "/sign-in?signed-out=x", "/sign-in?signed-out=true&signed-out=x", "/sign-in?ReturnUrl=//evil.example", "/sign-in?ReturnUrl=%00",
            "/sign-in/code?ReturnUrl=%ff",
        "/settings?key=%00", "/settings/keys/x/rotate?leaked=x", "/settings/keys/00000000-0000-0000-0000-000000000000/rotate?leaked=x",
        "/messages?page=-1&status=%00", "/v1/transactional/email?limit=x&created_at[gt]=%00", "/openapi/%2e%2e", "/%00", "/..%2f..%2fetc", "//evil.example",
            "/_framework/x",
    ];

    private static string Request(string method, string path, string headers, string version = "HTTP/1.1", string body = "") =>
        $"{method} {path} {version}\r\n{headers}Connection: close\r\n\r\n{body}";
}
