using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PostmanDashboard.Benchmarks.Mail;

/// <summary>
/// A real SMTP server that takes every mail and keeps none: Python's aiosmtpd, in a process of its own, on a free port of 127.0.0.1.
/// Where <c>POSTMAN_BENCHMARK_SMTP_PORT</c> is set, what listens at that port of 127.0.0.1 instead.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly Process? process;

    private SmtpSink(Process? process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    /// <param name="answersAfter">How long it takes for each mail, in milliseconds.</param>
    public static async Task<SmtpSink> StartAsync(int answersAfter)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("POSTMAN_BENCHMARK_SMTP_PORT"), CultureInfo.InvariantCulture, out var given))
        {
            return new SmtpSink(process: null, given);
        }

        var port = FreePort();
        // Debian's Python, which has Debian's aiosmtpd.
        var start = new ProcessStartInfo("/usr/bin/python3", ["-m", "aiosmtpd", "-n", "-l", $"127.0.0.1:{port}", "-c", "sink.Sink"]);
        start.Environment["PYTHONPATH"] = Path.Combine(AppContext.BaseDirectory, "Mail");
        start.Environment["SINK_ANSWERS_AFTER"] = answersAfter.ToString(CultureInfo.InvariantCulture);
        var sink = new SmtpSink(Process.Start(start), port);
        while (!await sink.ListensAsync())
        {
            if (sink.process!.HasExited)
            {
                throw new InvalidOperationException("No SMTP server: install Python's aiosmtpd (Debian: apt-get install python3-aiosmtpd).");
            }
        }

        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
