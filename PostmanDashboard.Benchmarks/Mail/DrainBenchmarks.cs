using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages;

namespace PostmanDashboard.Benchmarks.Mail;

/// <summary>How fast 10,000 accepted messages leave, beside what the same connections to the same SMTP server carry without a database.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 3)]
public class DrainBenchmarks
{
    private const int Mails = 10_000;

    private SmtpSink sink = null!;
    private BenchmarkDashboard dashboard = null!;

    /// <summary>
    /// How long the server takes for each mail, in milliseconds. 0 is a server that only the processors limit, which it shares with us; 5 is
    /// more like one on another machine that writes each mail to its disk.
    /// </summary>
    [Params(0, 5)]
    public int ServerTakes { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        sink = await SmtpSink.StartAsync(ServerTakes);
        dashboard = await BenchmarkDashboard.StartAsync(sink.Port);
    }

    [GlobalCleanup]
    public async Task EndAsync()
    {
        await dashboard.DisposeAsync();
        await sink.DisposeAsync();
    }

    [IterationSetup(Target = nameof(OutboxAsync))]
    public void Accept()
    {
        var outbox = dashboard.Services.GetRequiredService<Outbox>();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var batch in Enumerable.Range(0, Mails).Chunk(1000))
        {
            using var db = dashboard.CreateDbContext();
            foreach (var number in batch)
            {
                var recipient = EmailAddress.Parse($"raj{number}@example.org");
                var message = BenchmarkMessages.Create(dashboard.Key, recipient.Text, now, now);
                db.Messages.Add(message);
                outbox.AddForMessage(db, MailKind.Message, message.Id, message.Subject, [recipient]);
            }

            db.SaveChanges();
        }
    }

    [IterationCleanup(Target = nameof(OutboxAsync))]
    public void AllAreSent()
    {
        using var db = dashboard.CreateDbContext();
        if (db.OutgoingMails.Any(mail => mail.State != MailState.Sent) || db.Messages.Any(message => message.Status != MessageStatus.Sent))
        {
            throw new InvalidOperationException("Some mails were not sent.");
        }
    }

    [Benchmark(Description = "The outbox")]
    public Task OutboxAsync() => dashboard.Services.GetRequiredService<MailDispatch>().RunIdleSendersAsync(CancellationToken.None);

    [Benchmark(Baseline = true, Description = "The SMTP server alone")]
    public Task ServerAloneAsync()
    {
        var connections = dashboard.Services.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.Connections;
        return Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(Mails / connections))));
    }

    private async Task SendAsync(int count)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port, SecureSocketOptions.None);
        for (var number = 0; number < count; number++)
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
