using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Reminders;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Reminders;

/// <summary>The real program, killed while it reminds people, against a real mail server.</summary>
public sealed class PowerCutTests
{
    private const int Keys = 50;
    private const int Kills = 10;
    private const int Connections = 4;
    private const int Reminders = Keys * ContactList.MaxCount;

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Singapore");

    [SmtpFact]
    public async Task Ten_power_cuts_lose_no_reminder_and_repeat_no_more_than_was_being_sent()
    {
        await using var server = await SmtpServer.StartAsync();
        await server.AnswerAfterAsync(TimeSpan.FromMilliseconds(20));
        using var database = new TestDatabase();
        await PlanAsync(database);

        var received = new List<ReceivedMail>();
        for (var kill = 0; kill < Kills; kill++)
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
        Assert.InRange(received.Count - Reminders, 0, Kills * Connections);
    }

    private static string? MessageId(ReceivedMail mail) => mail.Read().MessageId;

    private static async Task ReceiveAsync(SmtpServer server, List<ReceivedMail> received, int count)
    {
        for (var number = 0; number < count; number++)
        {
            // What a killed process was sending is due again when its lease is over, and looked for every minute.
            received.Add(await server.NextAsync(TimeSpan.FromSeconds(100)));
        }
    }

    private static Task<DashboardProcess> StartAsync(TestDatabase database, SmtpServer server) => DashboardProcess.StartAsync(
        Path.GetDirectoryName(database.File)!,
        ("Mail:Smtp:Host", SmtpServer.Host),
        ("Mail:Smtp:Port", $"{server.Port}"),
        ("Mail:Smtp:Security", "None"),
        ("Mail:Smtp:Connections", $"{Connections}"),
        ("Mail:LeaseFor", "00:00:02"));

    /// <summary>Reminders that are due by the machine's own clock, which is the one that the program has.</summary>
    private static async Task PlanAsync(TestDatabase database)
    {
        var now = TimeProvider.System.GetUtcNow();
        var account = await database.AddAccountAsync("mei@agency.gov.sg");
        await using var db = database.CreateDbContext();
        for (var number = 0; number < Keys; number++)
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
        Assert.True(ContactList.TryParse(Enumerable.Range(0, ContactList.MaxCount).Select(contact => $"contact{contact}@agency.gov.sg"), out var contacts, out _));
        return ApiKey.Issue(ApiKeyToken.Generate(), account.Id, label, contacts, ApiKeyLifetime.Days30, createdAt, Zone);
    }
}
