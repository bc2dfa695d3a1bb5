using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Smtp;

namespace PostmanDashboard.Tests.Messages.Delivery;

/// <summary>The real program, killed right after it said 201.</summary>
public sealed class MessagePowerCutTests
{
    [Fact]
    public async Task What_was_accepted_is_sent_after_the_restart()
    {
        await using var server = await TestSmtpServer.StartAsync();
        using var database = new TestDatabase();
        var token = await database.AddLiveKeyAsync(await database.AddAccountAsync("mei@agency.gov.sg"));
        // Nobody answers at the mail server's port before the kill.
        await using (var first = await StartAsync(database, DashboardProcess.FreePort()))
        {
            for (var number = 0; number < 5; number++)
            {
                await SendAsync(first, token, $"raj{number}@agency.gov.sg");
            }

            await first.KillAsync();
        }

        await using var second = await StartAsync(database, server.Port);

        var missing = Enumerable.Range(0, 5).Select(number => $"raj{number}@agency.gov.sg").ToHashSet();
        while (missing.Count > 0)
        {
            // What was being tried at the kill is due again a minute after. On a machine that is slow enough a lease of two seconds runs
            // out while a mail is sent, which then comes twice.
            missing.Remove(Assert.Single((await server.NextAsync()).Recipients));
        }
    }

    private static async Task SendAsync(DashboardProcess dashboard, ApiKeyToken token, string recipient)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, MessagesApp.Path)
        {
            Content = new StringContent(MessagesApp.Message(("recipient", recipient)).ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Plaintext);
        using var response = await dashboard.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private static Task<DashboardProcess> StartAsync(TestDatabase database, int port) => DashboardProcess.StartAsync(
        Path.GetDirectoryName(database.File)!,
        ("Mail:Smtp:Host", TestSmtpServer.Host),
        ("Mail:Smtp:Port", $"{port}"),
        ("Mail:Smtp:Security", "None"),
        ("Mail:LeaseFor", "00:00:02"));
}
