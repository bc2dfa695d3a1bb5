using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>The real program, killed while it reminds people, against a real mail server.</summary>
public sealed class PowerCutTests
{
    /// <summary>So many that the sweep takes ten batches for them.</summary>
    private const int Reminders = 500;

    private const int KillsWhileSweeping = 5;
    private const int Kills = 10;
    private const int Connections = 4;
    private const int SendersPerConnection = 2;

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Singapore"];

    [Fact]
    public async Task Ten_power_cuts_lose_no_reminder_and_repeat_no_more_than_was_being_sent()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.AnswerAfter(TimeSpan.FromMilliseconds(20));
        using var database = new TestDatabase();
        await PlanAsync(database);

        var received = new List<ReceivedMail>();
        var planned = new List<int> { Reminders };
        for (var kill = 0; kill < KillsWhileSweeping; kill++)
        {
            // Not waited for until it answers: the whole sweep may be over by then.
            await using var dashboard = DashboardProcess.Launch(Path.GetDirectoryName(database.File)!, Settings(server));
            planned.Add(await WaitForSweepAsync(database, planned[^1]));
            await dashboard.KillAsync();
        }

        // At least once there was something left to look for when the power went.
        Assert.Contains(planned.Skip(1), left => left > 0);
        for (var kill = KillsWhileSweeping; kill < Kills; kill++)
        {
            await using var dashboard = await StartAsync(database, server);
            await ReceiveAsync(server, received, count: 15);
            await dashboard.KillAsync();
        }

        await using var last = await StartAsync(database, server);
        while (received.Select(MessageId).Distinct().Count() < Reminders)
        {
            await ReceiveAsync(server, received, count: 1);
        }

        await last.StopAsync();
        while (!server.IsEmpty)
        {
            await ReceiveAsync(server, received, count: 1);
        }

        // A mail for each key and contact, and what was sent twice has the Message-ID of the first time.
        Assert.Equal(Reminders, received.Select(mail => (Assert.Single(mail.Recipients), mail.Read().Subject)).Distinct().Count());
        Assert.Equal(Reminders, received.Select(MessageId).Distinct().Count());
        Assert.InRange(received.Count - Reminders, 0, Kills * SendersPerConnection * Connections);
    }

    private static string? MessageId(ReceivedMail mail) => mail.Read().MessageId;

    private static async Task ReceiveAsync(TestSmtpServer server, List<ReceivedMail> received, int count)
    {
        for (var number = 0; number < count; number++)
        {
            // What a killed process was sending is due again when its lease is over, and looked for every minute.
            received.Add(await server.NextAsync());
        }
    }

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

    /// <summary>Reminders that are due by the machine's own clock, which is the one that the program has.</summary>
    private static async Task PlanAsync(TestDatabase database)
    {
        var now = TimeProvider.System.GetUtcNow();
        var account = await database.AddAccountAsync("mei@agency.gov.sg");
        await using var db = database.CreateDbContext();
        for (var number = 0; number < Reminders; number++)
        {
            var key = Issue(account, $"System {number}", now.AddDays(-20));
            db.ApiKeys.Add(key);
            db.Reminders.AddRange(key.Contacts.Select(contact => new Reminder
            {
                ApiKeyId = key.Id,
                Stage = ReminderStage.TwoWeeks,
                Contact = contact.Address,
                NormalizedContact = contact.NormalizedAddress,
                DueAt = now.AddMinutes(-1),
            }));
        }

        await db.SaveChangesAsync();
    }

    private static ApiKey Issue(Account account, string text, DateTimeOffset createdAt)
    {
        Assert.True(ApiKeyLabel.TryParse(text, out var label, out _));
        Assert.True(ContactList.TryParse(["ops@agency.gov.sg"], out var contacts, out _));
        return ApiKey.Issue(ApiKeyToken.Generate(), account.Id, label, contacts, ApiKeyLifetime.Days30, createdAt, Zone);
    }
}
