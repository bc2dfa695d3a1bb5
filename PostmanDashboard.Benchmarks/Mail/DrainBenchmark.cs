using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Benchmarks.EndToEnd;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages;

namespace PostmanDashboard.Benchmarks.Mail;

/// <summary>How fast accepted messages leave, beside what the same connections to the same SMTP server carry without a database.</summary>
internal sealed class DrainBenchmark(ServerAlone server, BenchmarkDashboard dashboard, int mails)
{
    /// <summary>
    /// How long the server takes for each mail, in milliseconds. 0 is a server that only the processors limit, which it shares with us; 5 is
    /// more like one on another machine that writes each mail to its disk.
    /// </summary>
    private static readonly int[] ServerTakes = [5, 0];

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var mails = options.Count ?? 2_000;
        foreach (var milliseconds in ServerTakes)
        {
            await using var sink = await SmtpSink.StartAsync(milliseconds);
            await using var dashboard = await BenchmarkDashboard.StartAsync(sink.Port);
            var server = new ServerAlone(dashboard, sink);
            var drain = new DrainBenchmark(server, dashboard, mails);
            await Throughput.CompareAsync(
                $"{mails} mails over {server.Connections} connections to a server that takes {milliseconds} ms for each",
                options.Rounds, ("the outbox", drain.OutboxAsync), ("the server alone", drain.ServerAloneAsync));
        }

        return 0;
    }

    private async Task<double> OutboxAsync()
    {
        await AcceptAsync();
        var rate = await Throughput.MeasureAsync(
            mails, () => dashboard.Services.GetRequiredService<MailDispatch>().RunIdleSendersAsync(CancellationToken.None));
        await CheckAllAreSentAsync();
        return rate;
    }

    private Task<double> ServerAloneAsync() => Throughput.MeasureAsync(mails, () => server.SendAsync(mails));

    private async Task AcceptAsync()
    {
        var outbox = dashboard.Services.GetRequiredService<Outbox>();
        var now = TimeProvider.System.GetUtcNow();
        await using var db = dashboard.CreateDbContext();
        for (var number = 0; number < mails; number++)
        {
            var recipient = EmailAddress.Parse($"raj{number}@example.org");
            var message = BenchmarkMessages.Create(dashboard.Key, recipient.Text, now, now);
            db.Messages.Add(message);
            outbox.AddForMessage(db, MailKind.Message, message.Id, message.Subject, [recipient]);
        }

        await db.SaveChangesAsync();
    }

    private async Task CheckAllAreSentAsync()
    {
        await using var db = dashboard.CreateDbContext();
        if (await db.OutgoingMails.AnyAsync(mail => mail.State != MailState.Sent)
            || await db.Messages.AnyAsync(message => message.Status != MessageStatus.Sent))
        {
            throw new BenchmarkFailedException("Some mails were not sent.");
        }
    }
}
