using System.Net;
using System.Net.Sockets;
using System.Text;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Messages.MemoryLimits;

/// <summary>Over a real port: what one account does holds up no other.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task Messages_that_never_come_to_their_end_hold_up_no_other_account()
    {
        await using var app = new DashboardApplication { Settings = { ["Messages:PerSecond"] = "1000" } };
        var address = app.Listen();
        var flooding = await app.IssueKeyAsync(await app.AddAccountAsync("flood@agency.gov.sg"));
        var other = await app.IssueKeyAsync(await app.AddAccountAsync(MessagesApp.Mei));
        var connections = new List<TcpClient>();
        try
        {
            for (var number = 0; number < 200; number++)
            {
                connections.Add(await SendHalfAsync(address, flooding.Token.Plaintext));
            }

            using var client = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", other.Token.Plaintext) } };
            using var response = await MessagesApp.PostAsync(client, MessagesApp.Message().ToJsonString());

            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            Assert.All(connections, connection => Assert.Equal(0, connection.Available));
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<TcpClient> SendHalfAsync(Uri address, string token)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {MessagesApp.Path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: " +
                $"application/json\r\nContent-Length: 100\r\n\r\n{{\"subject\":"));
        return connection;
    }
}
