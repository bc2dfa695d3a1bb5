using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Benchmarks.Mail;

/// <summary>Sends over as many connections as the dashboard, with MailKit and nothing else.</summary>
internal sealed class ServerAlone(BenchmarkDashboard dashboard, SmtpSink sink)
{
    public int Connections { get; } = dashboard.Services.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.Connections;

    public Task SendAsync(int mails) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => SendOverOneAsync(mails / Connections))));

    private async Task SendOverOneAsync(int mails)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port, SecureSocketOptions.None);
        for (var number = 0; number < mails; number++)
        {
            await client.SendAsync(Compose(number));
        }

        await client.DisconnectAsync(quit: true);
    }

    private static MimeMessage Compose(int number) => new(
        [new MailboxAddress("Grants", "donotreply@postman.example")],
        [new MailboxAddress("", $"raj{number}@example.org")],
        "Your grant",
        new MultipartAlternative(new TextPart(TextFormat.Plain) { Text = "Dear Raj" }, new TextPart(TextFormat.Html) { Text = BenchmarkMessages.Body }));
}
