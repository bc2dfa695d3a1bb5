using System.Net.Sockets;
using System.Text;

namespace PostmanDashboard.Tests.Testing;

/// <summary>A connection on which a test writes what no client library would, and stops when it likes.</summary>
public sealed class RawCaller : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient connection;
    private readonly NetworkStream stream;
    private readonly Uri address;

    private RawCaller(TcpClient connection, Uri address) => (this.connection, stream, this.address) = (connection, connection.GetStream(), address);

    public static async Task<RawCaller> ConnectAsync(Uri address)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        return new RawCaller(connection, address);
    }

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
        using var reader = new StreamReader(stream, leaveOpen: true);
        using var patience = new CancellationTokenSource(Patience);
        var line = await reader.ReadLineAsync(patience.Token);
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        stream.Dispose();
        connection.Dispose();
    }
}
