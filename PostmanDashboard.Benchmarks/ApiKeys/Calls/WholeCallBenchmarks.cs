using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Benchmarks.EndToEnd;

namespace PostmanDashboard.Benchmarks.ApiKeys.Calls;

/// <summary>What a whole call leaves on the heap, from the bytes of the request to those of the answer, beside one with JwtBearer.</summary>
/// <remarks>The times are those of one connection that waits for each answer.</remarks>
[InProcess]
[MemoryDiagnoser]
public class WholeCallBenchmarks : IDisposable
{
    private readonly byte[] answer = new byte[16 * 1024];
    private readonly List<Socket> connections = [];
    private BenchmarkStorage? storage;
    private WebApplication peer = null!;
    private (Socket Connection, byte[] Request) live;
    private (Socket Connection, byte[] Request) withKey;
    private (Socket Connection, byte[] Request) unprotected;
    private (Socket Connection, byte[] Request) withJwt;

    [GlobalSetup]
    public async Task StartAsync()
    {
        storage = new BenchmarkStorage();
        var token = await storage.FillAsync();
        var ours = await StartDashboardAsync(storage.Path);
        var secret = RandomNumberGenerator.GetHexString(64);
        peer = Peer.Build([$"--Secret={secret}", "--urls=http://127.0.0.1:0"]);
        await peer.StartAsync();
        var theirs = new Uri(peer.Urls.Single()).Port;
        live = (Connect(ours), Request("/health/live", null));
        withKey = (Connect(ours), Request("/v1/api-keys/current", token));
        unprotected = (Connect(theirs), Request(Peer.Anonymous.OriginalString, null));
        withJwt = (Connect(theirs), Request(Peer.Jwt.OriginalString, Peer.CreateJwt(secret)));
    }

    /// <remarks>The dashboard ends with the process.</remarks>
    [GlobalCleanup]
    public async Task EndAsync()
    {
        connections.ForEach(connection => connection.Dispose());
        await peer.DisposeAsync();
    }

    public void Dispose()
    {
        storage?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "No key: /health/live")]
    public int Live() => Call(live);

    [Benchmark(Description = "A good key")]
    public int WithKey() => Call(withKey);

    [Benchmark(Description = "Bare application: no check")]
    public int Unprotected() => Call(unprotected);

    [Benchmark(Description = "Bare application: JwtBearer")]
    public int WithJwt() => Call(withJwt);

    /// <summary>The program itself, without its jobs: they allocate too.</summary>
    private static async Task<int> StartDashboardAsync(string folder)
    {
        var port = ServerProcess.FreePort();
        var address = $"http://127.0.0.1:{port}";
        string[] settings =
        [
            "--applicationName=PostmanDashboard", "--environment=Production", $"--urls={address}", $"--Storage:Directory={folder}", "--Jobs:Enabled=false",
            $"--Public:BaseUrl=https://{PublishedDashboard.Host}", "--Mail:Smtp:Host=127.0.0.1",
        ];
        var program = Task.Run(() => typeof(ApiKey).Assembly.EntryPoint!.Invoke(null, [settings]));
        return await ServerProcess.AnswersInTimeAsync(address, "/health/live", () => program.IsCompleted)
            ? port
            : throw new BenchmarkFailedException($"The dashboard doesn't answer. {program.Exception}");
    }

    private Socket Connect(int port)
    {
        var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        connections.Add(connection);
        connection.Connect(IPAddress.Loopback, port);
        return connection;
    }

    private static byte[] Request(string path, string? token)
    {
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        return Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {PublishedDashboard.Host}\r\nUser-Agent: benchmark/1.0\r\n{authorization}\r\n");
    }

    /// <summary>Without anything on the heap.</summary>
    private int Call((Socket Connection, byte[] Request) call)
    {
        call.Connection.Send(call.Request);
        var length = 0;
        do
        {
            length += call.Connection.Receive(answer, length, answer.Length - length, SocketFlags.None);
        }
        while (!IsWhole(answer.AsSpan(0, length)));
        return length;
    }

    /// <summary>An answer ends with its body's length, or with an empty chunk.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("HTTP/1.1 200"u8))
        {
            throw new BenchmarkFailedException("A call was refused.");
        }

        var body = text.IndexOf("\r\n\r\n"u8) + 4;
        var length = text.IndexOf("Content-Length: "u8);
        return length < 0
            ? text.EndsWith("\r\n0\r\n\r\n"u8)
            : Utf8Parser.TryParse(text[(length + 16)..], out int announced, out _) && body >= 4 && text.Length - body == announced;
    }
}
