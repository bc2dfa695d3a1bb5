using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace PostmanDashboard.Tests.Testing.Http;

/// <summary>A program that calls the API over a real connection, from an address of this machine and by a name of its own.</summary>
public sealed class CallingProgram : IDisposable
{
    private readonly HttpClient client;

    /// <param name="address">127.0.0.1, 127.0.0.2 and so on: all of them are this machine.</param>
    public CallingProgram(Uri dashboard, string address, string agent)
    {
        client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = dashboard,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
    }

    public async Task<HttpStatusCode> CallAsync(string token)
    {
        using var call = new HttpRequestMessage(HttpMethod.Get, "/v1/api-keys/current");
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(call);
        return answer.StatusCode;
    }

    public void Dispose() => client.Dispose();
}
