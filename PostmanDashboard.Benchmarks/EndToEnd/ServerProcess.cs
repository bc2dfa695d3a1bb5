using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PostmanDashboard.Benchmarks.EndToEnd;

/// <summary>A server in a process of its own, on a free port of 127.0.0.1.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    private ServerProcess(Process process, string address) => (this.process, Address) = (process, address);

    /// <summary><c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    public int Id => process.Id;

    /// <param name="arguments">What <c>dotnet</c> starts, and with what.</param>
    /// <param name="settings">By their names in appsettings.json.</param>
    /// <param name="readyPath">It is ready as soon as this answers.</param>
    public static async Task<ServerProcess> StartAsync(string[] arguments, string readyPath, params (string Name, string Value)[] settings)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(arguments[0]))!,
        };
        (start.Environment["ASPNETCORE_ENVIRONMENT"], start.Environment["ASPNETCORE_URLS"]) = ("Production", address);
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var server = new ServerProcess(new Process { StartInfo = start }, address);
        await server.StartAsync(readyPath);
        return server;
    }

    /// <summary>Asks it to stop, as systemd does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        // The shell's own: not every machine has the program.
        using var kill = Process.Start("sh", ["-c", $"kill -s TERM {process.Id}"]);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();

        process.Dispose();
    }

    /// <returns>False where it has ended, or takes longer than a minute.</returns>
    public static async Task<bool> AnswersInTimeAsync(string address, string path, Func<bool> hasEnded)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(client, path))
        {
            if (hasEnded() || waited.Elapsed > Patience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        return true;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartAsync(string readyPath)
    {
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!await AnswersInTimeAsync(Address, readyPath, () => process.HasExited))
        {
            await DisposeAsync();
            throw new BenchmarkFailedException($"A server doesn't answer: {string.Join(' ', process.StartInfo.ArgumentList)}\n" +
                $"{string.Join('\n', output)}");
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string path)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
