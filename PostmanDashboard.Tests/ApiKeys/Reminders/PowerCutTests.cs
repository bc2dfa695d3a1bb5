using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>The real program, killed while it reminds people, against a real mail server.</summary>
public sealed class PowerCutTests
{
    /// <summary>So many that the sweep takes ten batches for them.</summary>
    private const int Reminders = 500;

    private const int Connections = 4;
    private const int SendersPerConnection = 2;

    /// <summary>While it looks for reminders, and again while it sends them: by default as many as a run of all tests can afford.</summary>
    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("POSTMAN_KILLS") ?? "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Power_cuts_lose_no_reminder_and_repeat_no_more_than_was_being_sent()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.AnswerAfter(TimeSpan.FromMilliseconds(20));
        using var database = new TestDatabase();
        // Due by the machine's own clock, which is the one that the program has.
        await database.AddDueRemindersAsync(Reminders, "ops@agency.gov.sg", TimeProvider.System.GetUtcNow());

        var planned = new List<int> { Reminders };
        for (var kill = 0; kill < Kills; kill++)
        {
            // Not waited for until it answers: the whole sweep may be over by then.
            await using var dashboard = DashboardProcess.Launch(Path.GetDirectoryName(database.File)!, Settings(server));
            planned.Add(await WaitForSweepAsync(database, planned[^1]));
            await dashboard.KillAsync();
        }

        // At least once there was something left to look for when the power went.
        Assert.Contains(planned.Skip(1), left => left > 0);
        var received = new List<ReceivedMail>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var dashboard = await StartAsync(database, server);
            // What a killed process was sending is due again when its lease is over, and looked for every minute.
            received.AddRange(await server.NextAsync(15));
            await dashboard.KillAsync();
        }

        await using var last = await StartAsync(database, server);
        var ids = received.Select(MessageId).ToHashSet();
        while (ids.Count < Reminders)
        {
            received.Add(await server.NextAsync());
            ids.Add(MessageId(received[^1]));
        }

        await last.StopAsync();
        while (!server.IsEmpty)
        {
            received.Add(await server.NextAsync());
        }

        // A mail for each key and contact, and what was sent twice has the Message-ID of the first time.
        Assert.Equal(Reminders, received.Select(mail => (Assert.Single(mail.Recipients), mail.Read().Subject)).Distinct().Count());
        Assert.Equal(Reminders, received.Select(MessageId).Distinct().Count());
        Assert.InRange(received.Count - Reminders, 0, 2 * Kills * SendersPerConnection * Connections);
    }

    private static string? MessageId(ReceivedMail mail) => mail.Read().MessageId;

    /// <summary>Waits until the sweep has put a batch more into the outbox, or has done so with all.</summary>
    /// <returns>How many reminders are still to be looked for.</returns>
    private static async Task<int> WaitForSweepAsync(TestDatabase database, int before)
    {
        var left = before;
        await Patience.UntilAsync(
            async () =>
            {
                await using var db = database.CreateDbContext();
                left = await db.Reminders.CountAsync(reminder => reminder.State == ReminderState.Planned);
                return left < before || left == 0;
            },
            () => "Nobody looked for reminders.");
        return left;
    }

    private static Task<DashboardProcess> StartAsync(TestDatabase database, TestSmtpServer server) =>
        DashboardProcess.StartAsync(Path.GetDirectoryName(database.File)!, Settings(server));

    private static (string Name, string Value)[] Settings(TestSmtpServer server) =>
    [
        ("Mail:Smtp:Host", TestSmtpServer.Host),
        ("Mail:Smtp:Port", $"{server.Port}"),
        ("Mail:Smtp:Security", "None"),
        ("Mail:Smtp:Connections", $"{Connections}"),
        ("Mail:LeaseFor", "00:00:02"),
    ];
}
