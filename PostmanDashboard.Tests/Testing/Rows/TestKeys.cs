using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>The features of the program on a database and a clock of a test's own, and what a test does with keys. In Singapore unless told
/// otherwise.</summary>
public sealed class TestKeys : IDisposable
{
    private readonly ServiceProvider features;

    /// <param name="changes">What a test puts in the place of a feature's own.</param>
    public TestKeys(int maxPerAccount = 50, string zone = "Asia/Singapore", Action<IServiceCollection>? changes = null) => features = ComposedFeatures.Compose(
        Clock,
        new Dictionary<string, string?>
        {
            ["ApiKeys:MaxPerAccount"] = $"{maxPerAccount}",
            ["Display:TimeZone"] = zone,
            ["Display:TimeZoneNames:Asia/Singapore"] = "SGT",
            ["Mail:From"] = "Postman <donotreply@postman.example>",
            ["Messages:PerSecond"] = "10",
            ["Public:BaseUrl"] = "https://postman.example",
            ["Rotation:QuietFor"] = "1.00:00:00",
            ["Storage:Directory"] = Path.GetDirectoryName(Database.File),
        },
        services =>
        {
            services.AddSingleton<IDbContextFactory<DashboardDbContext>>(Database);
            changes?.Invoke(services);
        });

    /// <summary>All features, for whoever is made of them.</summary>
    public IServiceProvider Features => features;

    public TestDatabase Database { get; } = new();

    public FakeTimeProvider Clock { get; } = TestClock.Create();

    public DateTimeZone Zone => Get<DateTimeZone>();

    public AgencyTime Time => Get<AgencyTime>();

    public PublicAddress Address => Get<PublicAddress>();

    public Outbox Outbox => Get<Outbox>();

    public ApiKeyService Service => Get<ApiKeyService>();

    public KeyCache Cache => Get<KeyCache>();

    public ApiKeyVerifier Verifier => Get<ApiKeyVerifier>();

    public T Get<T>()
        where T : notnull => features.GetRequiredService<T>();

    /// <summary>Another one than <see cref="Get"/> has, like that of another process, or with some of its parts changed: a database that is
    /// broken, for example.</summary>
    public T Create<T>(params object[] parts) => ActivatorUtilities.CreateInstance<T>(features, parts);

    /// <summary>Someone at the account's browser.</summary>
    public static Actor By(Account account) => new(account.Email!, "192.0.2.1");

    public Task<Account> AddAccountAsync(string email = "mei@agency.gov.sg") => Database.AddAccountAsync(email);

    public async Task SetDisabledAsync(Account account, DateTimeOffset? since)
    {
        await using var db = Database.CreateDbContext();
        db.Users.Single(row => row.Id == account.Id).DisabledAt = since;
        await db.SaveChangesAsync();
    }

    public Task<IssueApiKeyResult> TryIssueAsync(
        Account account, string? label, ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, params string[] contacts) =>
        Service.IssueAsync(account.Id, new NewApiKey(label, contacts.Length == 0 ? [account.Email!] : contacts, lifetime), By(account), CancellationToken.None);

    public async Task<IssueApiKeyResult.Issued> IssueAsync(
        Account account, string label = "Grant system", ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, params string[] contacts) =>
        Assert.IsType<IssueApiKeyResult.Issued>(await TryIssueAsync(account, label, lifetime, contacts));

    public Task<IReadOnlyList<ApiKeySummary>> ListAsync(Account account) => Service.ListAsync(account.Id, CancellationToken.None);

    public Task<ApiKeySummary?> FindAsync(Account account, Guid id) => Service.FindAsync(account.Id, id, CancellationToken.None);

    public Task<ChangeApiKeyResult> ChangeAsync(Account account, Guid id, string? label, params string[] contacts) =>
        Get<KeyEditor>().ChangeAsync(account.Id, id, new KeyEdit(label, contacts), By(account), CancellationToken.None);

    public Task<bool> DeleteAsync(Account account, Guid id) =>
        Service.DeleteAsync(account.Id, id, By(account), CancellationToken.None);

    public void Dispose()
    {
        features.Dispose();
        Database.Dispose();
    }
}
