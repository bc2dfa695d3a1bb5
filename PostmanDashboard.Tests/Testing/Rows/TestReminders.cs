using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Data;
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
    private readonly SmtpConnections? connections;
    private readonly WriteLock turn = new();

    public TestReminders(string zone = "Asia/Singapore", SmtpOptions? smtp = null)
    {
        Keys = new TestKeys(maxPerAccount: 2000, zone);
        Options = new MailOptions { From = "Postman <donotreply@postman.example>", Smtp = smtp ?? new SmtpOptions() };
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        connections = smtp is null ? null : new SmtpConnections(options, Clock);
        Server = new MailServer(Outbox, options, Clock, NullLogger<MailServer>.Instance);
        Transport = connections is null ? Mail : new SmtpMailTransport(connections, Server, options, Clock);
        Runs = new JobRuns(Database, Clock);
        Retry = new MailRetry([], Outbox, Clock);
        Unreachable = new UnreachableContacts(Database, Outbox, Keys.Time, Keys.Address);
        Timelines = new KeyTimelines(Database, Retry, Clock);
        ContactTestMail = new ContactTestMail(Database, Outbox, Keys.Time, Keys.Address, Clock);
        Report = new MailReport(Database, Runs, Retry, Keys.Zone, Clock);
        RetryPlans = new RetryPlans(Database, Clock);
        Waiting = new WaitingMails(Database, Server, Outbox, Clock);
        CleanUp = new MailCleanUp(Database, options, Clock);
        Sweep = CreateSweep();
        Dispatch = CreateDispatch();
    }

    public TestKeys Keys { get; }

    public TestDatabase Database => Keys.Database;

    public FakeTimeProvider Clock => Keys.Clock;

    public Outbox Outbox => Keys.Outbox;

    public MailOptions Options { get; }

    /// <summary>What was sent, where no SMTP server was given.</summary>
    public RecordingTransport Mail { get; } = new();

    public IMailTransport Transport { get; }

    public MailServer Server { get; }

    public JobRuns Runs { get; }

    public ReminderSweep Sweep { get; }

    public MailDispatch Dispatch { get; }

    public MailCleanUp CleanUp { get; }

    public MailRetry Retry { get; }

    public UnreachableContacts Unreachable { get; }

    public KeyTimelines Timelines { get; }

    public ContactTestMail ContactTestMail { get; }

    public MailReport Report { get; }

    public RetryPlans RetryPlans { get; }

    public WaitingMails Waiting { get; }

    private ReminderEmail Email => new(Keys.Time, Keys.Address, Clock);

    /// <summary>A sweep like that of another process.</summary>
    public ReminderSweep CreateSweep() => new(Database, Email, Outbox, Clock, NullLogger<ReminderSweep>.Instance);

    /// <summary>A dispatcher like that of another process.</summary>
    public MailDispatch CreateDispatch(IMailTransport? transport = null)
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        return new MailDispatch(Outbox, CreateLeases(), transport ?? Transport, Keys.Sender, [new ReminderMail(Database, Email, Keys.Sender, Clock)], options,
            Clock, NullLogger<MailDispatch>.Instance);
    }

    public MailLeases CreateLeases() => new(
        Database, turn, new DeliveryRecorder([Unreachable], Server, Clock, NullLogger<DeliveryRecorder>.Instance), Server,
            Microsoft.Extensions.Options.Options.Create(Options), Clock);

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

    public void Dispose()
    {
        Dispatch.Dispose();
        connections?.Dispose();
        turn.Dispose();
        Keys.Dispose();
    }
}
