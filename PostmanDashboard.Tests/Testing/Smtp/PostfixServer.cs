using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>
/// A real Postfix as an agency may run it: its own host for <c>agency.gov.sg</c>, at Postfix's defaults in everything that decides where
/// mail goes. In folders of its own, on a port of 127.0.0.1, beside whatever Postfix the machine has.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    public const string Domain = "agency.gov.sg";


    private readonly TemporaryFolder folder = new();
    private readonly Process process = new();

    private PostfixServer()
    {
    }

    public int Port { get; private init; }

    /// <param name="next">Where it hands on what it has found the way of, whether to its own mailboxes or to somebody else's server.</param>
    public static async Task<PostfixServer> StartAsync(ReceivingServer next)
    {
        var server = new PostfixServer { Port = FreePort() };
        try
        {
            server.WriteSettings(next.Port);
            await server.StartProcessAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().InTimeAsync();
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }

        process.Dispose();
        folder.Dispose();
    }

    private void WriteSettings(int next)
    {
        var settings = Directory.CreateDirectory(Path.Combine(folder.Path, "etc")).FullName;
        File.WriteAllText(Path.Combine(settings, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {folder.Path}/spool
            data_directory = {folder.Path}/lib
            maillog_file_prefixes = {folder.Path}
            maillog_file = {folder.Path}/log
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            myhostname = mail.{Domain}
            mydestination = {Domain}
            mynetworks = 127.0.0.0/8
            local_recipient_maps =
            local_transport = smtp:[127.0.0.1]:{next}
            default_transport = smtp:[127.0.0.1]:{next}

            """);
        File.WriteAllText(Path.Combine(settings, "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """);
    }

    /// <summary>Postfix becomes a daemon; the shell beside it ends it when its input ends, also because the tests died.</summary>
    private async Task StartProcessAsync()
    {
        const string Script = """
            cd "$1" && chmod 755 . && mkdir spool lib && chown postfix lib && "$2" -c "$1/etc" start >&2 && echo ready && cat >&2
            "$2" -c "$1/etc" stop >&2
            cat log >&2
            rm -rf spool lib log
            """;
        string[] command = [.. TestTools.AsRoot, "sh", "-c", Script, "sh", folder.Path, TestTools.Find(Needs.Postfix)];
        process.StartInfo = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.StartInfo.Environment["PATH"] += ":/usr/sbin";
        var said = new List<string?>();
        process.ErrorDataReceived += (_, line) => said.Add(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync().InTimeAsync() is null)
        {
            await process.WaitForExitAsync();
            throw new InvalidOperationException($"Postfix didn't start: {string.Join('\n', said)}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
