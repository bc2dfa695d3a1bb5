using System.Net.Sockets;
using System.Text;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.RateLimits;

/// <summary>Over a real port: whoever sends too many is refused before what they send is read.</summary>
public sealed class RefusalBeforeTheBodyTests
{
    [Theory]
    [InlineData("Content-Length: 9000000000")]
    [InlineData("Content-Length: 1000")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task Refused_while_the_body_is_still_to_come(string announced)
    {
        await using var app = new DashboardApplication { Settings = { ["Messages:PerSecond"] = "1" } };
        var address = app.Listen();
        var key = await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        using var client = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", key.Token.Plaintext) } };
        using var first = await MessagesApp.PostAsync(client, MessagesApp.Message().ToJsonString());
        Assert.Equal(201, (int)first.StatusCode);

        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {MessagesApp.Path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key.Token.Plaintext}\r\nContent-Type: " +
                $"multipart/form-data; boundary=x\r\n{announced}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(Patience.Limit);

        Assert.Equal("HTTP/1.1 429 Too Many Requests", await reader.ReadLineAsync(patience.Token));
    }
}
