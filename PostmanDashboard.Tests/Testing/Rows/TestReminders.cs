using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Smtp;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>Everything that reminds of keys, on a database and a clock of a test's own. Mails are kept, or go to a real SMTP server.</summary>
public sealed class TestReminders : IDisposable
{
    public TestReminders(string zone = "Asia/Singapore", SmtpOptions? smtp = null) => Keys = new TestKeys(maxPerAccount: 2000, zone, services =>
    {
        if (smtp is null)
        {
            services.AddSingleton<IMailTransport>(Mail);
        }
        else
        {
            services.Configure<MailOptions>(mail => mail.Smtp = smtp);
        }
    });

    public TestKeys Keys { get; }

    public TestDatabase Database => Keys.Database;

    public FakeTimeProvider Clock => Keys.Clock;

    public Outbox Outbox => Keys.Outbox;

    public MailOptions Options => Keys.Get<IOptions<MailOptions>>().Value;

    /// <summary>What was sent, where no SMTP server was given.</summary>
    public RecordingTransport Mail { get; } = new();

    public IMailTransport Transport => Keys.Get<IMailTransport>();

    public MailServer Server => Keys.Get<MailServer>();

    public JobRuns Runs => Keys.Get<JobRuns>();

    public ReminderSweep Sweep => Keys.Get<ReminderSweep>();

    public MailDispatch Dispatch => Keys.Get<MailDispatch>();

    public MailCleanUp CleanUp => Keys.Get<MailCleanUp>();

    public MailRetry Retry => Keys.Get<MailRetry>();

    public UnreachableContacts Unreachable => Keys.Get<UnreachableContacts>();

    public KeyTimelines Timelines => Keys.Get<KeyTimelines>();

    public ContactTestMail ContactTestMail => Keys.Get<ContactTestMail>();

    public MailReport Report => Keys.Get<MailReport>();

    public RetryPlans RetryPlans => Keys.Get<RetryPlans>();

    public WaitingMails Waiting => Keys.Get<WaitingMails>();

    /// <summary>A sweep like that of another process.</summary>
    public ReminderSweep CreateSweep() => Keys.Create<ReminderSweep>();

    /// <summary>A dispatcher like that of another process.</summary>
    public MailDispatch CreateDispatch(IMailTransport? transport = null) => Keys.Create<MailDispatch>(CreateLeases(), transport ?? Transport);

    public MailLeases CreateLeases() => Keys.Create<MailLeases>();

    /// <summary>What the recurring jobs do, once.</summary>
    public async Task RunJobsAsync()
    {
        await SweepAsync();
        await SendAsync();
    }

    public async Task SweepAsync()
    {
        var (startedAt, queued, late) = await Sweep.RunAsync(CancellationToken.None);
        await Runs.RecordAsync(ReminderSweep.JobId, startedAt, queued, late, CancellationToken.None);
    }

    public Task SendAsync() => Dispatch.RunIdleSendersAsync(CancellationToken.None);

    /// <summary>A key whose notices are sent already: every mail from now on is about something else.</summary>
    public async Task<Guid> IssueQuietlyAsync(
        Account account, string label = "Grant system", ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, params string[] contacts)
    {
        var id = (await Keys.IssueAsync(account, label, lifetime, contacts)).Id;
        await using var db = Database.CreateDbContext();
        await db.OutgoingMails.Where(mail => mail.ApiKeyId == id).ExecuteDeleteAsync();
        return id;
    }

    public async Task<DateTimeOffset> ExpiryOfAsync(Guid key)
    {
        await using var db = Database.CreateDbContext();
        return (await db.ApiKeys.SingleAsync(row => row.Id == key)).ExpiresAt;
    }

    /// <summary>Moves the clock to the moment at which a stage of a key is due.</summary>
    public async Task GoToAsync(Guid key, ReminderStage stage) =>
        Clock.SetUtcNow(ReminderSchedule.DueAt(stage, await ExpiryOfAsync(key), Keys.Zone));

    public async Task<IReadOnlyList<Reminder>> RemindersAsync(Guid key)
    {
        await using var db = Database.CreateDbContext();
        return await db.Reminders.AsNoTracking().Where(row => row.ApiKeyId == key).OrderBy(row => row.DueAt).ThenBy(row => row.NormalizedContact).ToListAsync();
    }

    /// <summary>Everything in the outbox, in the order in which it was put there.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> MailsAsync()
    {
        await using var db = Database.CreateDbContext();
        return await db.OutgoingMails.AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync();
    }

    public void Dispose() => Keys.Dispose();
}
