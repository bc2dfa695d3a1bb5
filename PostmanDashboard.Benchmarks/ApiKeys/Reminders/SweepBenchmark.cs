using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Benchmarks.EndToEnd;
using PostmanDashboard.Benchmarks.Mail;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Benchmarks.ApiKeys.Reminders;

/// <summary>What the reminder sweep costs when nothing is due, and how long it takes until all that are due were sent.</summary>
internal static class SweepBenchmark
{
    private const int Few = 1_000;
    private const int Due = 1_000;
    private const int Sweeps = 500;

    /// <summary>In milliseconds; see <see cref="DrainBenchmark"/>.</summary>
    private static readonly int[] ServerTakes = [5, 0];

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var many = options.Count ?? 1_000_000;
        using var storageOfFew = new BenchmarkStorage();
        using var storageOfMany = new BenchmarkStorage();
        await ManyKeys.CopyAsync(Few, storageOfFew);
        await ManyKeys.CopyAsync(many, storageOfMany);
        await using (var fewKeys = await BenchmarkDashboard.OpenAsync(storageOfFew.Path))
        await using (var manyKeys = await BenchmarkDashboard.OpenAsync(storageOfMany.Path))
        {
            await Throughput.CompareAsync(
                "Sweeps with nothing due", options.Rounds, ($"among {many} keys", () => SweepAsync(manyKeys)), ($"among {Few}", () => SweepAsync(fewKeys)));
        }

        foreach (var milliseconds in ServerTakes)
        {
            await SendDueAsync(storageOfMany, milliseconds, options.Rounds);
        }

        return 0;
    }

    private static async Task SendDueAsync(BenchmarkStorage storage, int milliseconds, int rounds)
    {
        await using var sink = await SmtpSink.StartAsync(milliseconds);
        await using var dashboard = await BenchmarkDashboard.OpenAsync(storage.Path, sink.Port);
        using var loop = ActivatorUtilities.CreateInstance<MailDispatchLoop>(dashboard.Services);
        await loop.StartAsync(CancellationToken.None);
        var server = new ServerAlone(dashboard, sink);
        var (round, firstKey) = (0, milliseconds * 20_000);
        await Throughput.CompareAsync(
            $"{Due} reminders due, to a server that takes {milliseconds} ms for each",
            rounds,
            ("swept and sent", () => SweepAndSendAsync(dashboard, firstKey + (round++ * Due))),
            ("the server alone", () => Throughput.MeasureAsync(Due, () => server.SendAsync(Due))));
        await loop.StopAsync(CancellationToken.None);
    }

    private static Task<double> SweepAsync(BenchmarkDashboard dashboard) => Throughput.MeasureAsync(Sweeps, async () =>
    {
        var sweep = dashboard.Services.GetRequiredService<ReminderSweep>();
        for (var number = 0; number < Sweeps; number++)
        {
            await sweep.RunAsync(CancellationToken.None);
        }
    });

    private static async Task<double> SweepAndSendAsync(BenchmarkDashboard dashboard, int firstKey)
    {
        await ManyKeys.MakeDueAsync(dashboard, firstKey, Due);
        return await Throughput.MeasureAsync(Due, async () =>
        {
            var swept = await dashboard.Services.GetRequiredService<ReminderSweep>().RunAsync(CancellationToken.None);
            if (swept.Queued != Due)
            {
                throw new BenchmarkFailedException($"{swept.Queued} reminders were queued.");
            }

            await using var db = dashboard.CreateDbContext();
            while (await db.OutgoingMails.AnyAsync(mail => mail.State == MailState.Waiting))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5));
            }
        });
    }
}
