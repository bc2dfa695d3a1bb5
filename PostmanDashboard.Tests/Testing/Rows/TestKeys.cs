using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.ApiKeys.Deletion;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>What issues and checks keys, on a database and a clock of a test's own, in Singapore unless told otherwise.</summary>
public sealed class TestKeys : IDisposable
{
    public TestKeys(int maxPerAccount = 50, string zone = "Asia/Singapore")
    {
        Zone = DateTimeZoneProviders.Tzdb[zone];
        Time = new AgencyTime(Zone, Options.Create(new DisplayOptions { TimeZone = Zone.Id, TimeZoneNames = { ["Asia/Singapore"] = "SGT" } }));
        Outbox = new Outbox(Sender, Clock);
        Notices = new KeyNotices(Outbox, Time, Address);
        Service = CreateService(Database, maxPerAccount);
        Cache = new KeyCache(Database);
        Verifier = new ApiKeyVerifier(Database, Cache, Clock);
    }

    public TestDatabase Database { get; } = new();

    public FakeTimeProvider Clock { get; } = TestClock.Create();

    public DateTimeZone Zone { get; }

    public AgencyTime Time { get; }

    public PublicAddress Address { get; } = new(
        Options.Create(new PublicOptions { BaseUrl = "https://postman.example" }), new NoServer(), new ConfigurationBuilder().Build());

    public MailSender Sender { get; } = new(Options.Create(new MailOptions { From = "Postman <donotreply@postman.example>" }));

    public Outbox Outbox { get; }

    public KeyNotices Notices { get; }

    public ApiKeyService Service { get; }

    public KeyCache Cache { get; }

    public ApiKeyVerifier Verifier { get; }

    /// <summary>A service over another database than <see cref="Database"/>: one that is broken, for example.</summary>
    public ApiKeyService CreateService(IDbContextFactory<DashboardDbContext> databases, int maxPerAccount = 50) => new(
        databases,
        CreateIssuing(maxPerAccount),
        Notices,
        new ReminderPlan(Zone, Clock),
        Outbox,
        Zone,
        Clock,
        NullLogger<ApiKeyService>.Instance);

    public KeyRotations CreateRotations(IDbContextFactory<DashboardDbContext> databases, int maxPerAccount = 50) =>
        new(databases, CreateIssuing(maxPerAccount), new KeyNotices(Outbox, Time, Address), Outbox, Clock, NullLogger<KeyRotations>.Instance);

    public RotationReport CreateRotationReport(IDbContextFactory<DashboardDbContext> databases) =>
        new(databases, new KeyUsageReport(databases, Zone, Clock), Options.Create(new RotationOptions { QuietFor = TimeSpan.FromHours(24) }), Zone, Clock);

    public DeletionRisks CreateDeletionRisks(IDbContextFactory<DashboardDbContext> databases) =>
        new(databases, new KeyUsageReport(databases, Zone, Clock), CreateRotationReport(databases), Zone, Clock);

    public Task<Account> AddAccountAsync(string email = "mei@agency.gov.sg") => Database.AddAccountAsync(email);

    public async Task SetDisabledAsync(Account account, DateTimeOffset? since)
    {
        await using var db = Database.CreateDbContext();
        db.Users.Single(row => row.Id == account.Id).DisabledAt = since;
        await db.SaveChangesAsync();
    }

    public Task<IssueApiKeyResult> TryIssueAsync(
        Account account, string? label, ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, params string[] contacts) =>
        Service.IssueAsync(account.Id, new NewApiKey(label, contacts.Length == 0 ? [account.Email!] : contacts, lifetime), CancellationToken.None);

    public async Task<IssueApiKeyResult.Issued> IssueAsync(
        Account account, string label = "Grant system", ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, params string[] contacts) =>
        Assert.IsType<IssueApiKeyResult.Issued>(await TryIssueAsync(account, label, lifetime, contacts));

    public Task<IReadOnlyList<ApiKeySummary>> ListAsync(Account account) => Service.ListAsync(account.Id, CancellationToken.None);

    public Task<ApiKeySummary?> FindAsync(Account account, Guid id) => Service.FindAsync(account.Id, id, CancellationToken.None);

    public Task<ChangeApiKeyResult> ChangeAsync(Account account, Guid id, string? label, params string[] contacts) =>
        Service.ChangeAsync(account.Id, id, label, contacts, CancellationToken.None);

    public Task<bool> DeleteAsync(Account account, Guid id) =>
        Service.DeleteAsync(account.Id, id, new Actor(account.Email!, "192.0.2.1"), CancellationToken.None);

    public void Dispose()
    {
        Cache.Dispose();
        Database.Dispose();
    }

    private ApiKeyIssuer CreateIssuing(int maxPerAccount) =>
        new(new ReminderPlan(Zone, Clock), Options.Create(new ApiKeyOptions { MaxPerAccount = maxPerAccount }), Zone, Clock);
}
