using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Jobs.ClockChanges;

/// <summary>The real program, started after its clock was 200 days ahead while it ran last.</summary>
public sealed class ClockStartTests : IDisposable
{
    private const int DaysAhead = 200;


    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task It_looks_for_reminders_at_once_plans_the_early_ones_again_and_says_why()
    {
        var now = TimeProvider.System.GetUtcNow();
        var account = await database.AddAccountAsync("mei@agency.gov.sg");
        await database.AddLiveKeyAsync(account);
        await SweepAsync(now.AddDays(DaysAhead));

        await using var dashboard = await DashboardProcess.StartAsync(Path.GetDirectoryName(database.File)!);
        await WaitForSweepAsync(before: now.AddDays(1));

        await using var db = database.CreateDbContext();
        Assert.All(db.Reminders, reminder => Assert.Equal(ReminderState.Planned, reminder.State));
        Assert.Equal((MailState.Cancelled, CancelReason.NotDue),
            await db.OutgoingMails.Select(mail => ValueTuple.Create(mail.State, mail.CancelReason)).SingleAsync());
        var answer = await dashboard.WaitUntilAsync("/health/ready", HttpStatusCode.OK);
        Assert.Contains("The server's clock was set back by 7 months. Check it", answer, StringComparison.Ordinal);
        Assert.Contains("The clock of this machine was set back by 7 months.", dashboard.Output, StringComparison.Ordinal);
    }

    /// <summary>What the last run left: reminders planned, looked for by its clock, and all but the farewell skipped.</summary>
    private async Task SweepAsync(DateTimeOffset at)
    {
        await using var db = database.CreateDbContext();
        var key = await db.ApiKeys.Include(key => key.Contacts).SingleAsync();
        var zone = DateTimeZoneProviders.Tzdb["Asia/Singapore"];
        var mail = Owe(key, at);
        db.OutgoingMails.Add(mail);
        foreach (var stage in Enum.GetValues<ReminderStage>())
        {
            var contact = key.Contacts[0];
            var reminder = new Reminder
            {
                ApiKeyId = key.Id,
                Stage = stage,
                Contact = contact.Address,
                NormalizedContact = contact.NormalizedAddress,
                DueAt = ReminderSchedule.DueAt(stage, key.ExpiresAt, zone),
            };
            if (stage is ReminderStage.Expired)
            {
                reminder.Queue(mail);
            }
            else
            {
                reminder.Supersede();
            }

            db.Reminders.Add(reminder);
        }

        db.JobRuns.Add(new JobRun { JobId = ReminderSweep.JobId, StartedAt = at, FinishedAt = at });
        await db.SaveChangesAsync();
    }

    private static OutgoingMail Owe(ApiKey key, DateTimeOffset at) => new()
    {
        Kind = MailKind.Reminder,
        ApiKeyId = key.Id,
        Recipient = key.Contacts[0].Address,
        NormalizedRecipient = key.Contacts[0].NormalizedAddress,
        Subject = "API key “Grant system” has expired",
        Text = "It has.",
        Html = "<p>It has.</p>",
        InternetMessageId = "early@agency.gov.sg",
        CreatedAt = at,
        DueAt = at.AddMinutes(5),
        GiveUpAt = at + Outbox.Persistence,
    };

    private Task WaitForSweepAsync(DateTimeOffset before) => Patience.UntilAsync(
        async () =>
        {
            await using var db = database.CreateDbContext();
            return await db.JobRuns.AnyAsync(run => run.FinishedAt < before);
        },
        () => "Nobody looked for reminders.");
}
