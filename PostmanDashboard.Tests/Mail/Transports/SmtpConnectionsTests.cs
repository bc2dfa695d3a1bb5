using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Transports;

public sealed class SmtpConnectionsTests
{
    private const string StillThere = "NOOP";

    [Fact]
    public async Task A_connection_is_asked_whether_it_is_still_there_only_when_it_was_left_alone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var commands = new List<string>();
        var serving = ServeAsync(listener, commands);
        var clock = new FakeTimeProvider();
        using (var connections = new SmtpConnections(OptionsOf(listener), clock))
        {
            await UseAsync(connections);
            await UseAsync(connections);
            Assert.DoesNotContain(StillThere, commands);

            clock.Advance(TimeSpan.FromSeconds(3));
            await UseAsync(connections);
            Assert.Contains(StillThere, commands);
        }

        await serving.InTimeAsync();
    }

    private static async Task UseAsync(SmtpConnections connections) =>
        connections.Return(await connections.RentAsync(fresh: false, CancellationToken.None).InTimeAsync());

    private static IOptions<MailOptions> OptionsOf(TcpListener listener) => Options.Create(new MailOptions
    {
        From = "donotreply@postman.example",
        Smtp = new SmtpOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, Security = SmtpSecurity.None },
    });

    /// <summary>Says yes to everything, over one connection, until its end.</summary>
    private static async Task ServeAsync(TcpListener listener, List<string> commands)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 localhost");
        while (await reader.ReadLineAsync() is { } line)
        {
            commands.Add(line.Split(' ')[0]);
            await writer.WriteLineAsync("250 localhost");
        }
    }
}
