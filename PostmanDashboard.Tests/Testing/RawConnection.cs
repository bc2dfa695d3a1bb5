using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PostmanDashboard.Tests.Testing;

/// <summary>Sends bytes to a server as they are, which no HTTP client would.</summary>
public static class RawConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <returns>Everything that the server answers until it hangs up. Ask it to, by <c>Connection: close</c>.</returns>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), patience.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(patience.Token);
    }

    /// <returns>The status of the answer: 200.</returns>
    public static int StatusOf(string answer) => int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
