using System.Globalization;
using System.Net.Sockets;
using System.Text;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Http;

/// <summary>A connection on which a test writes what no HTTP client would, and stops when it likes.</summary>
public sealed class RawConnection : IDisposable
{

    private readonly TcpClient connection;
    private readonly NetworkStream stream;
    private readonly Uri address;

    private RawConnection(TcpClient connection, Uri address) => (this.connection, stream, this.address) = (connection, connection.GetStream(), address);

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        return new RawConnection(connection, address);
    }

    /// <summary>Sends a whole request as it stands.</summary>
    /// <returns>Everything that the server answers until it hangs up. Ask it to, by <c>Connection: close</c>.</returns>
    public static async Task<string> SendAsync(Uri address, string request)
    {
        using var connection = await OpenAsync(address);
        await connection.stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var patience = new CancellationTokenSource(Patience.Limit);
        using var reader = connection.Read();
        return await reader.ReadToEndAsync(patience.Token);
    }

    /// <returns>The status in the first line of an answer: 200.</returns>
    public static int StatusOf(string answer) => int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>Announces a post, and sends nothing of it yet.</summary>
    public async Task AnnounceAsync(string path, params string[] headers) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"));

    /// <summary>Sends part of what was announced.</summary>
    /// <returns>False when the server has hung up.</returns>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> part)
    {
        try
        {
            await stream.WriteAsync(part);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <returns>The status of the answer, which comes before the rest is sent.</returns>
    public async Task<int> ReadStatusAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        using var reader = Read();
        return StatusOf((await reader.ReadLineAsync(patience.Token))!);
    }

    public void Dispose()
    {
        stream.Dispose();
        connection.Dispose();
    }

    private StreamReader Read() => new(stream, Encoding.Latin1, leaveOpen: true);
}
